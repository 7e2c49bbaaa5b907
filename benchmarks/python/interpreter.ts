import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The PyTorch that is compared with: the version whose libtorch our engine installs. */
export const TORCH = '2.15.0';

/** Where the virtual environment of the benchmarks is, or will be. */
export function environmentFolder(): string {
  const { XDG_CACHE_HOME: said, LOCALAPPDATA: local } = process.env;
  const home = homedir();
  const usual = {
    darwin: join(home, 'Library', 'Caches'),
    win32: local ?? join(home, 'AppData', 'Local'),
  }[process.platform as string];
  const cache = said && isAbsolute(said) ? said : (usual ?? join(home, '.cache'));
  return join(cache, 'gan', 'benchmarks', `torch-${TORCH}`);
}

/** The interpreter of a virtual environment. */
export const interpreterIn = (folder: string): string =>
  process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');

/** A Python that has PyTorch: the one that `GAN_BENCH_PYTHON` names, or our own; undefined if there is none. */
export function interpreter(): string | undefined {
  const own = interpreterIn(environmentFolder());
  return process.env['GAN_BENCH_PYTHON'] || (existsSync(own) ? own : undefined);
}

/** The same. @throws TypeError if there is none. */
export function interpreterOrRefusal(): string {
  const python = interpreter();
  if (python) return python;
  throw new TypeError(
    'there is no PyTorch to compare with: run `npm run bench -- setup`, or name a Python that has it in GAN_BENCH_PYTHON',
  );
}
