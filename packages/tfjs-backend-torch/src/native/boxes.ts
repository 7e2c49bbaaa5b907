import type { Foreign } from './foreign.js';
import { pointerIn } from './pointer.js';
import type { Functions } from './symbols.js';
import { TorchError } from './torch-error.js';

/** Where C++'s `operator new` is found; on Windows it is `malloc` of the C library. */
const operatorNew: Readonly<Partial<Record<NodeJS.Platform, readonly [library: string, name: string]>>> = {
  linux: ['libstdc++.so.6', '_Znwm'],
  darwin: ['/usr/lib/libc++.1.dylib', '_Znwm'],
  win32: ['ucrtbase.dll', 'malloc'],
};

const out = new Uint32Array(2);

/**
 * Makes boxes of 64 bits for optional values, which libtorch deletes when it has read them. Before 2.13 it has no
 * function for that, and the allocator is called that its `delete` belongs to.
 */
export function boxes({ load }: Foreign, functions: Functions): () => number {
  const own = functions.torch_new_stable_ivalue;
  if (own)
    return () => {
      if (own(out) !== 0)
        throw new TorchError('torch_new_stable_ivalue: failed', { operator: 'torch_new_stable_ivalue' });
      return pointerIn(out);
    };
  const [library, name] = operatorNew[process.platform] ?? operatorNew.linux!;
  const allocate = load(library).func(name, 'uintptr_t', ['size_t']);
  return () => Number(allocate(8));
}
