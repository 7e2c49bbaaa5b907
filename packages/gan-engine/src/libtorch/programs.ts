import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

const developerPythons = [
  '/Library/Developer/CommandLineTools/usr/bin/python3',
  '/Applications/Xcode.app/Contents/Developer/usr/bin/python3',
];

/**
 * Programs on the `PATH` by absolute path, in its order; relative entries are not looked at.
 *
 * The stand-ins that macOS (`/usr/bin` without the developer tools) and Windows (`WindowsApps`) put in the place of
 * Python open a dialogue when started: they are left out.
 */
export function programs(names: readonly string[], env: NodeJS.ProcessEnv = process.env): string[] {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name + suffix)));
  return [...new Set(found)].filter((path) => isProgram(path) && !isStandIn(path));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Whether a program only pretends to be there. */
export function isStandIn(
  path: string,
  platform: NodeJS.Platform = process.platform,
  exists: (path: string) => boolean = existsSync,
): boolean {
  if (platform === 'win32') return /[\\/]WindowsApps[\\/]/i.test(path);
  return (
    platform === 'darwin' && /^\/usr\/bin\/(python|pip)/.test(path) && !developerPythons.some((tool) => exists(tool))
  );
}

/** The user's Pythons: that of the active environment first, then those on the `PATH`. */
export function pythons(env: NodeJS.ProcessEnv = process.env): string[] {
  const bin = process.platform === 'win32' ? 'Scripts' : 'bin';
  const active = [
    env['VIRTUAL_ENV'] && join(env['VIRTUAL_ENV'], bin),
    env['CONDA_PREFIX'] && join(env['CONDA_PREFIX'], process.platform === 'win32' ? '' : bin),
  ];
  const path = [...active.filter((folder) => folder), env['PATH'] ?? env['Path'] ?? ''].join(delimiter);
  return programs(['python3', 'python'], { PATH: path });
}
