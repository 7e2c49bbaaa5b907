import {
  broadcast_util,
  broadcastTo,
  cast,
  complex,
  engine,
  fill,
  getBackend,
  getKernel,
  imag,
  real,
  reshape,
  sum,
  type Tensor,
  util,
} from '@tensorflow/tfjs-core';

/** Zeros made on the engine; `zeros` would fill an array here and upload it. */
export const zerosOf = (x: Tensor): Tensor => fill(x.shape, 0, 'float32');

/** The same numbers as float32. */
export const float = (x: Tensor): Tensor => (x.dtype === 'float32' ? x : cast(x, 'float32'));

/** A function that knows real numbers only, of a real tensor, or of both parts of a complex one. */
export const byParts = (f: (x: Tensor) => Tensor, z: Tensor): Tensor =>
  z.dtype === 'complex64' ? complex(f(real(z)), f(imag(z))) : f(z);

/** The gradient of broadcasting: sums `dy` over what was repeated, to `shape`. */
export function sumTo(dy: Tensor, shape: number[]): Tensor {
  const axes = broadcast_util.getReductionAxes(shape, dy.shape);
  const summed = axes.length > 0 ? byParts((x) => sum(x, axes), dy) : dy;
  return util.arraysEqual(summed.shape, shape) ? summed : reshape(summed, shape);
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

/**
 * The gradient at `x` of what `definition` makes of it, for the gradient `dy` of that: for kernels whose meaning is
 * soon said in other ops. It is right to the order that theirs are.
 */
export const pullback = (definition: () => Tensor, x: Tensor, dy: Tensor): Tensor =>
  engine().gradients(definition, [x], dy, true).grads[0] ?? zerosOf(x);
