import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { shapeOf } from '../native/inspect.js';
import { foldsWell, inputGradientByFolding } from './fold.js';
import { outline, surround, surroundedShape, trim } from './surround.js';
import type { Padding } from './windows.js';

/** A convolution over any number of spatial dimensions, in libtorch's terms. Lists have one entry a spatial dimension. */
export interface Convolution {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: Padding;
  /** The sizes of the result. */
  readonly out: readonly number[];
  readonly groups: number;
}

const convolution = aten('convolution');
const backward = aten('convolution_backward');
const contiguous = aten('contiguous');

const none = ({ strides }: Convolution): number[] => strides.map(() => 0);

/**
 * A filter as libtorch's kernels take it, `in` innermost in memory: no copy if an optimiser has left it so. They would
 * copy it themselves, but might go another way, to other last bits, for another order.
 */
const arranged = (filter: Handle, { strides }: Convolution): Handle =>
  contiguous(filter, strides.length === 2 ? 'channels_last' : 'channels_last_3d');

/** `x [batch, in, ...]` with `filter [out, in / groups, ...]`. */
export const convolve = (x: Handle, filter: Handle, bias: Handle | null, how: Convolution): Handle => {
  const { strides, dilations, groups, padding } = how;
  const [prepared, weights] = [surround(x, padding, 0), arranged(filter, how)];
  return convolution(prepared, weights, bias, strides, padding.within, dilations, false, none(how), groups);
};

const gradients = (dy: Handle, x: Handle, filter: Handle, how: Convolution, wanted: readonly boolean[]) => {
  const { strides, dilations, groups, padding } = how;
  return backward(dy, x, filter, null, strides, padding.within, dilations, false, none(how), groups, wanted);
};

/** The gradient of `convolve` at `x`, of which only the shape `[batch, in, ...]` is needed. */
export const inputGradient = (dy: Handle, filter: Handle, shape: readonly number[], how: Convolution): Handle => {
  const [weights, outer] = [arranged(filter, how), surroundedShape(shape, how.padding)];
  const shapes = { dy: shapeOf(dy), filter: shapeOf(filter), x: outer };
  const whole = foldsWell(shapes.filter, how)
    ? inputGradientByFolding(dy, weights, how, shapes)
    : gradients(dy, outline(outer), weights, how, [true, false, false])[0];
  return trim(whole, how.padding, shape);
};

/** The gradient of `convolve` at the filter, of which only the shape `[out, in / groups, ...]` is needed. */
export const filterGradient = (dy: Handle, x: Handle, shape: readonly number[], how: Convolution): Handle =>
  gradients(dy, surround(x, how.padding, 0), outline(shape), how, [false, true, false])[1];
