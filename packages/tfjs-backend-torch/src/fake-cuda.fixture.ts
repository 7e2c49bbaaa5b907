import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe } from 'vitest';
import { loadFallback } from './cpu-kernel.js';
import type { Device } from './native/device.js';
import { foreign } from './native/foreign.js';
import { library, loadLibrary } from './native/library.js';
import type { Precision } from './native/precision.js';
import { mangled } from './native/switches.js';
import { registerBackendOf } from './register.js';

/** A libtorch with CUDA, as `gan-engine install --cuda` puts it; without it tests of CUDA are skipped. */
export const cudaFolder = process.env['GAN_LIBTORCH_CUDA'];

const source = fileURLToPath(new URL('../../../tools/fake-cuda/runtime.c', import.meta.url));

/** What the processor that is not there counts, in the order of `runtime.c`. */
const counted = [
  'launches',
  'fromLocked',
  'fromPageable',
  'back',
  'within',
  'waits',
  'allocations',
  'products',
] as const;

/** How often each happened: kernels started; copies to the device, back, and within it; waiting for it; and so on. */
export type Counts = Readonly<Record<(typeof counted)[number], number>>;

/** What has happened since the last call. */
export let happened: () => Counts;

/** A folder of links to the libraries of another; the caller adds what it replaces, and removes it. */
export function linked(folder: string, without: readonly string[] = []): string {
  const links = mkdtempSync(join(tmpdir(), 'gan-cuda-'));
  for (const name of readdirSync(folder))
    if (!without.includes(name)) symlinkSync(join(folder, name), join(links, name));
  return links;
}

const compiler = ((): boolean => {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const possible = process.platform === 'linux' && process.arch === 'x64' && compiler && existsSync(cudaFolder ?? '');

/** Backends on a graphics processor that is not there (tools/fake-cuda): what libtorch does for one is real, what it computes is not. */
export function describeOnFakeCuda(
  title: string,
  backends: readonly (readonly [Device, Precision])[],
  body: () => void,
): void {
  describe.skipIf(!possible)(`${title} (needs cc, and libtorch with CUDA: set GAN_LIBTORCH_CUDA)`, () => {
    let folder: string;
    beforeAll(async () => {
      folder = linked(cudaFolder!);
      // The first of its name: whatever it has is taken from it, and the rest from CUDA's own.
      const runtime = join(folder, 'libcudart.so.0');
      execFileSync('cc', ['-shared', '-fPIC', '-O1', '-w', '-Wl,-soname,libcuda.so.1', '-o', runtime, source]);
      const take = foreign().load(runtime).func('fake_cuda_take', 'void', ['void *']);
      happened = () => {
        const numbers = new BigInt64Array(counted.length);
        take(numbers);
        return Object.fromEntries(counted.map((name, index) => [name, Number(numbers[index])])) as Counts;
      };
      await loadLibrary(folder);
      await loadFallback();
      for (const [device, precision] of backends) registerBackendOf(device, precision);
      withoutCudnn();
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    body();
  });
}

/** cuDNN asks the processor itself for more than is answered; libtorch's own convolutions take its place. */
function withoutCudnn(): void {
  const { handle } = library();
  const context = handle.func('_ZN2at13globalContextEv', 'uintptr_t', [])();
  handle.func(mangled('setUserEnabledCuDNN', 1), 'void', ['uintptr_t', 'bool'])(context, false);
}
