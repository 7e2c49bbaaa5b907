import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where data sets that were downloaded are kept, for all projects of the user: `gan/data` in `XDG_CACHE_HOME` where that
 * is an absolute path, else in the cache folder that the system has for it.
 *
 * @see The XDG base directory specification, which has relative paths ignored.
 */
export function cacheFolder({
  environment = process.env,
  platform = process.platform,
  home = homedir(),
}: {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
} = {}): string {
  const said = environment['XDG_CACHE_HOME'];
  if (said && isAbsolute(said)) return join(said, 'gan', 'data');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'gan', 'data');
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'gan', 'data');
  return join(home, '.cache', 'gan', 'data');
}
