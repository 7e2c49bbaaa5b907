import type { backend_util } from '@tensorflow/tfjs-core';

/** How a window slides along one spatial dimension, as TensorFlow.js has worked it out. */
export interface Slide {
  readonly from: number;
  readonly to: number;
  readonly stride: number;
  /** The window's extent, dilation included. */
  readonly extent: number;
  /** Padding in front; negative where the first window begins inside, as some of three dimensions do. */
  readonly before: number;
}

type Pad2D = Parameters<typeof backend_util.computeConv2DInfo>[4];

/**
 * A padding for TensorFlow.js to work with. Of a single number it would work out the width of the result with the height
 * and the vertical stride of the window.
 */
export const explicit = (pad: Pad2D, dataFormat: 'NHWC' | 'NCHW' | 'NDHWC' | 'NCDHW'): Pad2D => {
  if (typeof pad !== 'number') return pad;
  const [none, both] = [[0, 0] as [number, number], [pad, pad] as [number, number]];
  return dataFormat === 'NHWC' ? [none, both, both, none] : [none, none, both, both];
};

/** Padding of each spatial dimension. */
export interface Padding {
  /** What libtorch adds itself, at both ends alike. */
  readonly within: readonly number[];
  /** What has to be put around beforehand, if `within` cannot say it. */
  readonly around?: readonly (readonly [before: number, after: number])[];
}

/**
 * The padding under which libtorch, which pads both ends alike and rounds sizes down, arrives at the size that
 * TensorFlow.js wants.
 *
 * @param most The largest part of a window that libtorch is willing to pad.
 */
export function paddingOf(slides: readonly Slide[], most = 1): Padding {
  const even = slides.every(
    ({ from, to, stride, extent, before }) =>
      Math.floor((from + 2 * before - extent) / stride) + 1 === to && before >= 0 && before <= most * extent,
  );
  if (even) return { within: slides.map(({ before }) => before) };
  const behind = ({ from, to, stride, extent, before }: Slide) =>
    Math.max(0, (to - 1) * stride + extent - from - before);
  return { within: slides.map(() => 0), around: slides.map((slide) => [slide.before, behind(slide)]) };
}
