import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderSize } from '../../packages/gan-engine/src/install/folder-size.js';
import { runQuietly } from '../../packages/gan-engine/src/install/run-quietly.js';
import { environment } from '../../tools/release/ran.js';
import { commands, type InstalledName } from './peers.js';

/** Where something is installed, and with what. */
export interface Running {
  /** Empty, and removed afterwards. */
  readonly folder: string;
  /** The Python whose `venv` is used. */
  readonly python: string;
}

/** How an installation went. */
export interface Installation {
  readonly peer: InstalledName;
  /** Whether all its commands ended with 0. */
  readonly installed: boolean;
  /** Of wall-clock time, for all its commands. */
  readonly seconds: number;
  /** Of all files that it left in the folder; what npm and pip cache lies elsewhere. */
  readonly bytes: number;
  /** What the command that failed said last; addresses are left out. */
  readonly said?: string;
}

/** npm, pip and our own cache, as on a machine that has never seen them. */
const fresh = (folder: string, npmrc: string | undefined): NodeJS.ProcessEnv =>
  environment({
    ...(npmrc !== undefined && { NPM_CONFIG_USERCONFIG: npmrc }),
    npm_config_cache: join(folder, '.npm'),
    npm_config_update_notifier: 'false',
    // What gan-engine installs counts as a part of the project.
    XDG_CACHE_HOME: join(folder, 'project', 'cache'),
    PIP_NO_CACHE_DIR: '1',
  });

/**
 * Installs a peer once in an empty folder, with empty caches.
 *
 * @param options.npmrc A configuration of npm that names a registry; npm's own unless said.
 * @param options.python A Python with `venv`.
 */
export async function installation(
  peer: InstalledName,
  options: { readonly npmrc: string | undefined; readonly python: string },
): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'gan-bench-install-'));
  try {
    const project = join(folder, 'project');
    await mkdir(project);
    await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true }));
    const env = fresh(folder, options.npmrc);
    const begun = performance.now();
    const measured = async (failure: { said?: string }): Promise<Installation> => ({
      peer,
      installed: failure.said === undefined,
      seconds: (performance.now() - begun) / 1000,
      bytes: await folderSize(project),
      ...failure,
    });
    for (const command of commands[peer]({ folder: project, python: options.python })) {
      const { code, output } = await runQuietly(command, { cwd: project, env });
      if (code !== 0) return await measured({ said: lastWords(output, code) });
    }
    return await measured({});
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The lines that call themselves an error, at most four, or the last one. */
function lastWords(output: string, code: number | null): string {
  const lines = output.split('\n').map((line) => line.trim());
  const noise = /^(?:at |throw |Emitted |npm error (?:A complete log|code|path|gyp))/;
  const errors = lines.filter((line) => /error/i.test(line) && !noise.test(line));
  return [`exit code ${code}:`, ...(errors.length > 0 ? errors.slice(0, 4) : lines.slice(-1))].join(' ').slice(0, 400);
}
