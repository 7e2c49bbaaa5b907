import { engine, type KernelFunc, type Tensor } from '@tensorflow/tfjs-core';

/** What a kernel is called with. */
export type Call = Parameters<KernelFunc>[0];

/** One of its inputs. */
export const inputOf = ({ inputs }: Pick<Call, 'inputs'>, name = 'x'): Tensor => inputs[name] as Tensor;

/** Its attributes, whose types TensorFlow.js does not know. */
export const attributes = <T>({ attrs }: Pick<Call, 'attrs'>): T => attrs as unknown as T;

/** Calls a kernel by its name: one that has no op of its own, or from within another. */
export const kernel = (name: string, inputs: Record<string, Tensor>, how: object): Tensor =>
  engine().runKernel(name, inputs, how as never) as Tensor;
