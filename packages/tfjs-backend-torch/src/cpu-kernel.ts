import { getKernel, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { TorchBackend } from './backend.js';

/** What a kernel is given: a tensor, lists of them, or nothing. */
type Given = TensorInfo | readonly Given[] | undefined | null;

let makeCpu: (() => CpuBackend) | undefined;

/** The part of tfjs's cpu backend that is used here. */
interface CpuBackend {
  readonly makeTensorInfo: (shape: readonly number[], dtype: string, values: unknown) => TensorInfo;
  readonly readSync: (dataId: object) => never;
}

/** Loads tfjs's cpu backend, whose kernels `onCpu` runs. */
export async function loadFallback(): Promise<void> {
  const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu');
  // It greets on its first use with the advice to install another backend.
  makeCpu = () => Object.assign(new MathBackendCPU(), { firstUse: false }) as unknown as CpuBackend;
}

const isTensor = (given: Given): given is TensorInfo => given != null && 'dataId' in given;

/**
 * Runs the kernel of tfjs's cpu backend: copies in, calculates, copies out. A result that is one of the inputs there is
 * one here. The copies live in a backend of their own, and go with it.
 */
export const onCpu = (kernelName: string, { inputs, attrs, backend }: Parameters<KernelFunc>[0]) => {
  const [torch, cpu] = [backend as TorchBackend, makeCpu!()];
  const originals = new Map<object, TensorInfo>();
  const copied = (given: Given): unknown => {
    if (Array.isArray(given)) return given.map(copied);
    if (!isTensor(given)) return given;
    const { shape, dtype, dataId } = given;
    const copy = cpu.makeTensorInfo(shape, dtype, torch.readSync(dataId));
    originals.set(copy.dataId, given);
    return { ...copy, size: util.sizeFromShape(shape), rank: shape.length };
  };
  const adopted = ({ dataId, shape, dtype }: TensorInfo): TensorInfo => {
    const original = originals.get(dataId);
    if (original) return torch.share({ dataId: original.dataId, shape, dtype });
    return { dataId: torch.write(cpu.readSync(dataId), shape, dtype), shape, dtype };
  };
  const names = Object.keys(inputs);
  const copies = Object.assign(
    Array.isArray(inputs) ? [] : {},
    Object.fromEntries(names.map((name) => [name, copied(inputs[name])])),
  );
  const { kernelFunc } = getKernel(kernelName, 'cpu');
  const result = kernelFunc({ inputs: copies as never, attrs: attrs!, backend: cpu });
  return Array.isArray(result) ? result.map(adopted) : adopted(result);
};
