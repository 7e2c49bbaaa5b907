import { library } from './library.js';
import { TorchError } from './torch-error.js';

/** How libtorch computes on NVIDIA's graphics processors. */
export interface CudaSwitches {
  /** Whether cuDNN tries its ways to convolve on each new shape, and goes on with the fastest; PyTorch's `cudnn.benchmark`. */
  readonly autotune: boolean;
  /**
   * Whether the same numbers give the same bits twice: operators that add up in no fixed order take another way, or are
   * refused with libtorch's sentence; PyTorch's `use_deterministic_algorithms`.
   */
  readonly deterministic: boolean;
  /**
   * Whether factors of convolutions may be rounded to 10 bits (TensorFloat-32), as PyTorch does unless told otherwise;
   * matrix products never are.
   */
  readonly tensorFloat32: boolean;
}

/** A method `void at::Context::name(bool, ...)` as compilers write it: GCC and Clang one way, Microsoft's the other. */
export const mangled = (name: string, booleans: 1 | 2, platform: NodeJS.Platform = process.platform): string =>
  platform === 'win32'
    ? `?${name}@Context@at@@QEAAX_N${'0'.repeat(booleans - 1)}@Z`
    : `_ZN2at7Context${name.length}${name}E${'b'.repeat(booleans)}`;

const CONTEXT = process.platform === 'win32' ? '?globalContext@at@@YAAEAVContext@1@XZ' : '_ZN2at13globalContextEv';

const method = (
  name: string,
  result: string,
  takes: readonly string[],
): ((...values: readonly unknown[]) => unknown) => {
  const { handle, path } = library();
  try {
    return handle.func(name, result, takes);
  } catch (cause) {
    throw new TorchError(`${path} cannot be told how to use cuDNN: it has no function ${name}`, { cause });
  }
};

/**
 * Says how to compute from now on, for the whole process. libtorch's C interface has no functions for that: these are C++
 * functions by their names in the library, where the object comes before the arguments.
 *
 * @throws TorchError if both are asked for, or the library has no such functions.
 */
export function switchCuda({ autotune, deterministic, tensorFloat32 }: CudaSwitches): void {
  if (autotune && deterministic)
    throw new TorchError(
      'autotune and deterministic exclude each other: which way is the fastest differs from run to run, and so do its last bits',
    );
  // cuBLAS is deterministic with a workspace of its own for each stream, and asks for its size here.
  if (deterministic) process.env['CUBLAS_WORKSPACE_CONFIG'] ??= ':4096:8';
  const context = method(CONTEXT, 'uintptr_t', [])();
  const set = (name: string, ...values: readonly [boolean] | readonly [boolean, boolean]): void => {
    method(mangled(name, values.length), 'void', ['uintptr_t', ...values.map(() => 'bool')])(context, ...values);
  };
  set('setBenchmarkCuDNN', autotune);
  set('setDeterministicCuDNN', deterministic);
  set('setDeterministicAlgorithms', deterministic, false);
  // Memory that nobody has written to is read by no kernel here: it need not be filled.
  set('setDeterministicFillUninitializedMemory', false);
  set('setAllowTF32CuDNN', tensorFloat32);
  set('setAllowTF32CuBLAS', false);
}
