import {
  broadcast_util,
  broadcastTo,
  engine,
  fill,
  getBackend,
  getKernel,
  reshape,
  sum,
  type Tensor,
  util,
} from '@tensorflow/tfjs-core';

/** Zeros made on the engine; `zeros` would fill an array here and upload it. */
export const zerosOf = (x: Tensor): Tensor => fill(x.shape, 0, 'float32');

/** The gradient of broadcasting: sums `dy` over what was repeated, to `shape`. */
export function sumTo(dy: Tensor, shape: number[]): Tensor {
  const axes = broadcast_util.getReductionAxes(shape, dy.shape);
  return reshape(axes.length > 0 ? sum(dy, axes) : dy, shape);
}

/** The gradient of a sum over `axis`: repeats `dy` along it, to `shape`. */
export function spreadTo(dy: Tensor, shape: number[], axis: number | number[] | null | undefined): Tensor {
  const kept = shape.slice();
  for (const i of axesOf(axis, shape)) kept[i] = 1;
  return broadcastTo(reshape(dy, kept), shape);
}

/** The axes that `axis` names, all of them if it names none. */
export const axesOf = (axis: number | number[] | null | undefined, shape: number[]): number[] =>
  util.parseAxisParam(axis ?? (null as never), shape);

/** Whether the engine in use has a kernel. */
export const hasKernel = (name: string): boolean => getKernel(name, getBackend()) !== undefined;

/** Runs a kernel that has no op of its own. */
export const kernel = (name: string, inputs: Record<string, Tensor>, attributes: object): Tensor =>
  engine().runKernel(name, inputs, attributes as never) as Tensor;
