import { engine, getKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { type Storage, storageOf } from './storage.js';

/** A kernel of another backend, computed by the JavaScript backend: slow and right. Inputs may be lists of tensors. */
export const throughCpu =
  (name: string): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const here = storageOf(backend);
    const cpu = storageOf(engine().findBackend('cpu'));
    const moved = ({ dataId, shape, dtype }: TensorInfo, from: Storage, to: Storage): TensorInfo => ({
      shape,
      dtype,
      dataId: to.write(from.readSync(dataId), shape, dtype),
    });
    const onCpu: TensorInfo[] = [];
    const lend = (info: TensorInfo): TensorInfo => {
      const lent = moved(info, here, cpu);
      onCpu.push(lent);
      return lent;
    };
    const lendAll = (given: TensorInfo | readonly TensorInfo[]) =>
      Array.isArray(given) ? given.map(lend) : lend(given as TensorInfo);
    try {
      const present = Object.entries(inputs).filter(([, info]) => info != null);
      const lent = present.map(([name, info]) => [name, lendAll(info as TensorInfo | TensorInfo[])] as const);
      const given = Array.isArray(inputs) ? lent.map(([, info]) => info) : Object.fromEntries(lent);
      const kernel = getKernel(name, 'cpu')!;
      const result = kernel.kernelFunc({ inputs: given as never, attrs: attrs ?? {}, backend: cpu });
      onCpu.push(...[result].flat());
      return Array.isArray(result) ? result.map((info) => moved(info, cpu, here)) : moved(result, cpu, here);
    } finally {
      for (const { dataId } of onCpu) cpu.disposeData(dataId, true);
    }
  };
