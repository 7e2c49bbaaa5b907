import {
  clone,
  type KernelFunc,
  reshape,
  slice_util,
  type Tensor,
  type TensorInfo,
  tidy,
  util,
} from '@tensorflow/tfjs-core';
import { attributes, type Call, inputOf, kernel } from '../kernels/call.js';
import { throughCpu } from '../kernels/through-cpu.js';

/** The most axes that a program of the backend knows. */
export const MOST_AXES = 6;

const product = util.sizeFromShape;

/** How many axes any input of a call has at most. */
export const axesOf = ({ inputs }: Call): number =>
  Object.values(inputs).reduce((most, info) => Math.max(most, (info as TensorInfo | undefined)?.shape?.length ?? 0), 0);

/**
 * Joins neighbouring axes where `together` says so, and leaves out those of size 1.
 *
 * @returns The sizes that are left, and for each of them the axes that it was made of.
 */
export function joinedAxes(
  shape: readonly number[],
  together: (axis: number, next: number) => boolean,
): { readonly shape: number[]; readonly axes: number[][] } {
  const axes: number[][] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] === 1) continue;
    const last = axes.at(-1);
    if (last && together(last.at(-1)!, axis)) last.push(axis);
    else axes.push([axis]);
  }
  return { shape: axes.map((group) => product(group.map((axis) => shape[axis]!))), axes };
}

/** Turns a tensor with axes that stay neighbours as one axis. */
export const turned: KernelFunc = (call) => {
  const x = inputOf(call);
  const { perm } = attributes<{ perm: number[] }>(call);
  const wide = perm.filter((axis) => x.shape[axis] !== 1);
  const { shape, axes } = joinedAxes(x.shape, (axis, next) => wide.indexOf(next) === wide.indexOf(axis) + 1);
  if (shape.length > MOST_AXES) return throughCpu('Transpose')(call);
  const order = axes.map((_, i) => i).sort((a, b) => wide.indexOf(axes[a]![0]!) - wide.indexOf(axes[b]![0]!));
  const sizes = perm.map((axis) => x.shape[axis]!);
  if (order.every((from, to) => from === to)) return tidy(() => reshape(x, sizes));
  return tidy(() => reshape(kernel('Transpose', { x: reshape(x, shape) }, { perm: order }), sizes));
};

/** The shape that is left where some axes are reduced. */
export const reducedShape = (shape: readonly number[], reducing: ReadonlySet<number>, keepDims: boolean): number[] =>
  shape.flatMap((size, axis) => (reducing.has(axis) ? (keepDims ? [1] : []) : [size]));

/** Reduces a tensor with neighbours that are reduced, or that are kept, as one axis. */
export const reduced =
  (kernelName: string): KernelFunc =>
  (call) => {
    const x = inputOf(call);
    // The name that its axes have in the call.
    const axis = kernelName === 'Max' ? 'reductionIndices' : 'axis';
    const { keepDims, [axis]: given } = attributes<{ keepDims: boolean; [axis: string]: unknown }>(call);
    const reducing = new Set(util.parseAxisParam(given as number[], x.shape));
    const { shape, axes } = joinedAxes(x.shape, (a, b) => reducing.has(a) === reducing.has(b));
    if (shape.length > MOST_AXES) return throughCpu(kernelName)(call);
    const left = reducedShape(x.shape, reducing, keepDims);
    const at = axes.flatMap((group, i) => (reducing.has(group[0]!) ? [i] : []));
    return tidy(() => reshape(kernel(kernelName, { x: reshape(x, shape) }, { [axis]: at, keepDims: false }), left));
  };

/** Calls a kernel axis by axis, each between what comes before it and what comes after. */
function axisByAxis(x: Tensor, axes: readonly number[], call: (middle: Tensor, axis: number) => Tensor): Tensor {
  let result = x;
  for (const axis of axes) {
    const { shape } = result;
    const [before, after] = [shape.slice(0, axis), shape.slice(axis + 1)];
    const middle = call(reshape(result, [product(before), shape[axis]!, product(after)]), axis);
    result = reshape(middle, [...before, middle.shape[1]!, ...after]);
  }
  return result;
}

/** Pads axis by axis. */
export const padded: KernelFunc = (call) => {
  const { paddings, constantValue } = attributes<{ paddings: [number, number][]; constantValue: number }>(call);
  const axes = paddings.flatMap(([before, after], axis) => (before > 0 || after > 0 ? [axis] : []));
  const one = (middle: Tensor, axis: number) =>
    kernel('PadV2', { x: middle }, { paddings: [[0, 0], paddings[axis], [0, 0]], constantValue });
  return tidy(() => clone(axisByAxis(inputOf(call), axes, one)));
};

/** Takes strided slices axis by axis. */
export const stridedSliced: KernelFunc = (call) => {
  const x = inputOf(call);
  const a = attributes<Parameters<typeof sliceInfoOf>[1]>(call);
  const { begin, end, strides, finalShape } = sliceInfoOf(x.shape, a);
  const whole = (axis: number) => begin[axis] === 0 && end[axis] === x.shape[axis] && strides[axis] === 1;
  const one = (middle: Tensor, axis: number) => {
    const [rows, , columns] = middle.shape as [number, number, number];
    const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };
    // Backwards down to the first, the end is before it: -1 would count from the other side.
    const to = end[axis]! < 0 ? { end: [rows, 0, columns], endMask: 0b010 } : { end: [rows, end[axis]!, columns] };
    return kernel(
      'StridedSlice',
      { x: middle },
      {
        ...masks,
        begin: [0, begin[axis]!, 0],
        strides: [1, strides[axis]!, 1],
        ...to,
      },
    );
  };
  const axes = x.shape.map((_, axis) => axis).filter((axis) => !whole(axis));
  return tidy(() => reshape(axisByAxis(x, axes, one), finalShape));
};

const sliceInfoOf = (
  shape: number[],
  a: Record<'begin' | 'end' | 'strides', number[]> &
    Record<'beginMask' | 'endMask' | 'ellipsisMask' | 'newAxisMask' | 'shrinkAxisMask', number>,
) =>
  slice_util.sliceInfo(
    shape,
    a.begin,
    a.end,
    a.strides,
    a.beginMask,
    a.endMask,
    a.ellipsisMask,
    a.newAxisMask,
    a.shrinkAxisMask,
  );
