import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { uninitialised } from '../native/memory.js';

/** A convolution over any number of spatial dimensions, in libtorch's terms. Lists have one entry a spatial dimension. */
export interface Convolution {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** How much zero is put before and after. */
  readonly padding: readonly (readonly [before: number, after: number])[];
  readonly groups: number;
}

const convolution = aten('convolution');
const backward = aten('convolution_backward');
const padded = aten('pad');
const narrow = aten('narrow');
const permute = aten('permute');

const even = ({ padding }: Convolution): boolean => padding.every(([before, after]) => before === after);

/** libtorch pads both ends alike; anything else is done beforehand. */
const amounts = (convolved: Convolution): number[] =>
  convolved.padding.map(([before]) => (even(convolved) ? before : 0));

/** Puts `value` around the spatial dimensions of `[batch, channels, ...]`, as the padding says. */
export const surround = (x: Handle, padding: Convolution['padding'], value: number): Handle =>
  padded(x, [...padding].reverse().flat(), 'constant', value);

const prepared = (x: Handle, convolved: Convolution): Handle =>
  even(convolved) ? x : surround(x, convolved.padding, 0);

/** Cuts off again what was put around. */
const trimmed = (x: Handle, convolved: Convolution, shape: readonly number[]): Handle =>
  even(convolved)
    ? x
    : convolved.padding.reduce((rest, [before], index) => narrow(rest, index + 2, before, shape[index + 2]!), x);

/** `x [batch, in, ...]` with `filter [out, in / groups, ...]`. */
export const convolve = (x: Handle, filter: Handle, bias: Handle | null, convolved: Convolution): Handle => {
  const { strides, dilations, groups } = convolved;
  const none = strides.map(() => 0);
  return convolution(prepared(x, convolved), filter, bias, strides, amounts(convolved), dilations, false, none, groups);
};

/** A tensor of which only the shape counts, with the channels innermost in memory. */
const outline = ([batch, channels, ...spatial]: readonly number[]): Handle => {
  const last = spatial.length + 1;
  return permute(uninitialised([batch!, ...spatial, channels!], 'float32'), [
    0,
    last,
    ...spatial.map((_, index) => index + 1),
  ]);
};

/** The gradient of `convolve` at `x`, of which only the shape `[batch, in, ...]` is needed. */
export const inputGradient = (dy: Handle, filter: Handle, shape: readonly number[], convolved: Convolution): Handle => {
  const { strides, dilations, groups, padding } = convolved;
  const outer = even(convolved)
    ? shape
    : shape.map((size, index) => size + (padding[index - 2] ?? [0]).reduce((a, b) => a + b, 0));
  const none = strides.map(() => 0);
  const wanted = [true, false, false];
  const [dx] = backward(
    dy,
    outline(outer),
    filter,
    null,
    strides,
    amounts(convolved),
    dilations,
    false,
    none,
    groups,
    wanted,
  );
  return trimmed(dx, convolved, shape);
};

/** The gradient of `convolve` at the filter, of which only the shape `[out, in / groups, ...]` is needed. */
export const filterGradient = (dy: Handle, x: Handle, shape: readonly number[], convolved: Convolution): Handle => {
  const { strides, dilations, groups } = convolved;
  const none = strides.map(() => 0);
  const wanted = [false, true, false];
  const filter = outline(shape);
  const from = prepared(x, convolved);
  return backward(dy, from, filter, null, strides, amounts(convolved), dilations, false, none, groups, wanted)[1];
};
