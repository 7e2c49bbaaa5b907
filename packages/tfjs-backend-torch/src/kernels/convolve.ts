import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { outline, surround, surroundedShape, trim } from './surround.js';
import type { Padding } from './windows.js';

/** A convolution over any number of spatial dimensions, in libtorch's terms. Lists have one entry a spatial dimension. */
export interface Convolution {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: Padding;
  readonly groups: number;
}

const convolution = aten('convolution');
const backward = aten('convolution_backward');

const none = ({ strides }: Convolution): number[] => strides.map(() => 0);

/** `x [batch, in, ...]` with `filter [out, in / groups, ...]`. */
export const convolve = (x: Handle, filter: Handle, bias: Handle | null, how: Convolution): Handle => {
  const { strides, dilations, groups, padding } = how;
  const prepared = surround(x, padding, 0);
  return convolution(prepared, filter, bias, strides, padding.within, dilations, false, none(how), groups);
};

const gradients = (dy: Handle, x: Handle, filter: Handle, how: Convolution, wanted: readonly boolean[]) => {
  const { strides, dilations, groups, padding } = how;
  return backward(dy, x, filter, null, strides, padding.within, dilations, false, none(how), groups, wanted);
};

/** The gradient of `convolve` at `x`, of which only the shape `[batch, in, ...]` is needed. */
export const inputGradient = (dy: Handle, filter: Handle, shape: readonly number[], how: Convolution): Handle => {
  const x = outline(surroundedShape(shape, how.padding));
  const [dx] = gradients(dy, x, filter, how, [true, false, false]);
  return trim(dx, how.padding, shape);
};

/** The gradient of `convolve` at the filter, of which only the shape `[out, in / groups, ...]` is needed. */
export const filterGradient = (dy: Handle, x: Handle, shape: readonly number[], how: Convolution): Handle =>
  gradients(dy, surround(x, how.padding, 0), outline(shape), how, [false, true, false])[1];
