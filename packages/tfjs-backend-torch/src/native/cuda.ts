import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { askCuda, cudaRefusal } from './cuda-runtime.js';
import type { Foreign, ForeignLibrary } from './foreign.js';
import { cudaCompanionsOf, cudaRuntimeOf, names } from './library-names.js';
import { openLibrary } from './open-library.js';
import { TorchError } from './torch-error.js';

/** The part of libtorch for NVIDIA's graphics processors, loaded, and what the processor is called. */
export interface Cuda {
  readonly handle: ForeignLibrary;
  readonly path: string;
  readonly name: string;
}

/**
 * Loads libtorch_cuda and what it needs, after libtorch_cpu.
 *
 * @throws TorchError naming what is damaged or missing.
 */
export function openCuda(koffi: Foreign, folder: string): Omit<Cuda, 'name'> {
  for (const path of [...cudaCompanionsOf(folder), join(folder, names.c10Cuda)]) openLibrary(koffi, path);
  const path = join(folder, names.torchCuda);
  return { handle: openLibrary(koffi, path), path };
}

/**
 * The same, where a graphics processor is there to use it. It must be loaded before libtorch computes anything: what
 * libtorch has once asked for CUDA in vain, it never asks for again.
 *
 * @returns or a TorchError that says why there is none, for whoever asks for CUDA.
 */
export function cudaOf(koffi: Foreign, folder: string): Cuda | TorchError {
  for (const name of [names.torchCuda, names.c10Cuda])
    if (!existsSync(join(folder, name)))
      return new TorchError(`${folder} has no ${name}: it is a libtorch that computes on the processor only`);
  const runtime = cudaRuntimeOf(folder);
  if (runtime === undefined)
    return new TorchError(
      `${join(folder, names.torchCuda)} needs libcudart, which is neither beside it nor in the neighbouring nvidia/*/lib`,
    );
  try {
    const machine = askCuda(openLibrary(koffi, runtime));
    const refusal = cudaRefusal(machine);
    if (refusal !== undefined) return new TorchError(refusal);
    return { ...openCuda(koffi, folder), name: machine.name ?? 'CUDA' };
  } catch (cause) {
    if (cause instanceof TorchError) return cause;
    throw cause;
  }
}
