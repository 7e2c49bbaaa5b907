import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Whether this machine has a driver for NVIDIA graphics processors, told by its files. */
export function hasNvidiaDriver(exists: (path: string) => boolean = existsSync): boolean {
  if (process.platform === 'win32')
    return exists(join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'nvcuda.dll'));
  return process.platform === 'linux' && (exists('/dev/nvidiactl') || exists('/usr/lib/wsl/lib/libcuda.so.1'));
}

/** Whether this machine has Apple's graphics processor, which Metal Performance Shaders (MPS) compute on. */
export const hasAppleGraphics = (): boolean => process.platform === 'darwin' && process.arch === 'arm64';

/**
 * Whether this machine may have a graphics processor of whatever make. Told by the devices of Linux, so that no driver has
 * to be loaded where there is none; elsewhere there is one as a rule.
 */
export function mayHaveGraphics(
  exists: (path: string) => boolean = existsSync,
  list: (folder: string) => readonly string[] = readdirSync,
): boolean {
  if (process.platform !== 'linux' || hasNvidiaDriver(exists)) return true;
  const cards = exists('/dev/dri') ? list('/dev/dri') : [];
  return exists('/dev/dxg') || cards.some((name) => name.startsWith('renderD'));
}
