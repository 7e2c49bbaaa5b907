import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** `linux-x64`; `linux-musl-x64` where the C library is musl, for which PyTorch publishes nothing. */
export const platformName = (): string =>
  process.platform === 'linux' && !usesGlibc() ? `linux-musl-${process.arch}` : `${process.platform}-${process.arch}`;

function usesGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}

/** The file that a folder of libtorch is known by. */
export const libraryName = (platform: NodeJS.Platform = process.platform): string =>
  platform === 'win32' ? 'torch_cpu.dll' : platform === 'darwin' ? 'libtorch_cpu.dylib' : 'libtorch_cpu.so';

/** The same of a build for NVIDIA graphics processors. */
export const cudaLibraryName = (platform: NodeJS.Platform = process.platform): string =>
  platform === 'win32' ? 'torch_cuda.dll' : 'libtorch_cuda.so';

/**
 * Where our libtorch lies: `gan/libtorch` in the user's cache folder (`XDG_CACHE_HOME` or `~/.cache`, `~/Library/Caches`
 * on macOS, `%LOCALAPPDATA%` on Windows).
 */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const home = env['HOME'] ?? homedir();
  const stated = platform === 'win32' ? env['LOCALAPPDATA'] : platform === 'darwin' ? undefined : env['XDG_CACHE_HOME'];
  const usual =
    platform === 'win32'
      ? join(home, 'AppData', 'Local')
      : platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : join(home, '.cache');
  return join(stated !== undefined && isAbsolute(stated) ? stated : usual, 'gan', 'libtorch');
}

/** What the folder in it is called that holds a version for this platform: `2.15.0-linux-x64`, `2.15.0-linux-x64-cuda`. */
export const folderName = (version: string, cuda: boolean, platform = platformName()): string =>
  `${version}-${platform}${cuda ? '-cuda' : ''}`;
