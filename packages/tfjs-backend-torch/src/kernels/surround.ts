import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { uninitialised } from '../native/memory.js';
import type { Padding } from './windows.js';

const padded = aten('pad');
const narrow = aten('narrow');
const permute = aten('permute');

/** Puts `value` around the spatial dimensions of `[batch, channels, ...]`, as far as libtorch will not do it itself. */
export const surround = (x: Handle, { around }: Padding, value: number): Handle =>
  around === undefined ? x : padded(x, [...around].reverse().flat(), 'constant', value);

/** The shape after `surround`. */
export const surroundedShape = (shape: readonly number[], { around }: Padding): number[] =>
  shape.map((size, axis) => {
    const [before, after] = (axis < 2 ? undefined : around?.[axis - 2]) ?? [0, 0];
    return before + size + after;
  });

/** Cuts off what `surround` put around a tensor of `shape`; zeros where it cut off. */
export const trim = (x: Handle, { around = [] }: Padding, shape: readonly number[]): Handle =>
  around.some(([before]) => before < 0)
    ? padded(
        x,
        [...around].reverse().flatMap(([before, after]) => [-before, -after]),
        'constant',
        0,
      )
    : around.reduce((rest, [before], index) => narrow(rest, index + 2, before, shape[index + 2]!), x);

/** A tensor `[batch, channels, ...]` of which only the shape counts, with the channels innermost in memory. */
export const outline = ([batch, channels, ...spatial]: readonly number[]): Handle => {
  const memory = uninitialised([batch!, ...spatial, channels!], 'float32');
  return permute(memory, [0, spatial.length + 1, ...spatial.map((_, index) => index + 1)]);
};
