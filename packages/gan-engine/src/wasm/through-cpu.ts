import { engine, getKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';

/** What is used here of a TensorFlow.js backend; `readSync` and `write` copy. */
export interface Storage {
  readSync(dataId: object): Float32Array | Int32Array | Uint8Array;
  write(values: Float32Array | Int32Array | Uint8Array, shape: number[], dtype: string): object;
  disposeData(dataId: object, force?: boolean): boolean;
}

/** A kernel that another backend lacks, computed by the JavaScript backend: slow and right. */
export const throughCpu =
  (name: string): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const here = backend as unknown as Storage;
    const cpu = engine().findBackend('cpu') as unknown as Storage;
    const moved = ({ dataId, shape, dtype }: TensorInfo, from: Storage, to: Storage): TensorInfo => ({
      shape,
      dtype,
      dataId: to.write(from.readSync(dataId), shape, dtype),
    });
    const present = Object.entries(inputs).filter(([, info]) => info != null);
    const lent = present.map(([name, info]) => [name, moved(info!, here, cpu)] as const);
    const given = Array.isArray(inputs) ? lent.map(([, info]) => info) : Object.fromEntries(lent);
    const kernel = getKernel(name, 'cpu')!;
    const results = [kernel.kernelFunc({ inputs: given as never, attrs: attrs ?? {}, backend: cpu })].flat();
    const outputs = results.map((info) => moved(info, cpu, here));
    for (const { dataId } of [...lent.map(([, info]) => info), ...results]) cpu.disposeData(dataId, true);
    return outputs.length === 1 ? outputs[0]! : outputs;
  };
