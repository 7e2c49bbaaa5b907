import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';

/** Where the channels stand in TensorFlow.js's images and volumes. */
export type Layout = 'NHWC' | 'NCHW' | 'NDHWC' | 'NCDHW';

const permute = aten('permute');

const innermost = (layout: Layout): boolean => layout === 'NHWC' || layout === 'NDHWC';

/** `[batch, ..., channels]` as `[batch, channels, ...]`: a view, which is what libtorch calls channels_last. */
export const channelsFirst = (x: Handle, layout: Layout): Handle =>
  innermost(layout) ? permute(x, layout === 'NHWC' ? [0, 3, 1, 2] : [0, 4, 1, 2, 3]) : x;

/** The way back. */
export const channelsLast = (x: Handle, layout: Layout): Handle =>
  innermost(layout) ? permute(x, layout === 'NHWC' ? [0, 2, 3, 1] : [0, 2, 3, 4, 1]) : x;

/** The same of a shape. */
export const channelsFirstShape = (shape: readonly number[], layout: Layout): number[] =>
  innermost(layout) ? [shape[0]!, shape.at(-1)!, ...shape.slice(1, -1)] : [...shape];
