import { assertCount } from '@gan/core';
import {
  add,
  conv2d,
  conv2dTranspose,
  matMul,
  mul,
  reshape,
  rsqrt,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  transpose,
} from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { convolvedShape } from './convolved-shape.js';
import { defineLayer } from './define-layer.js';
import { heScale } from './he-scale.js';
import { oneOf, optional } from './option-check.js';
import { smoothed } from './resample.js';

/** Options of `modulatedConv2d`. */
export interface ModulatedConv2dOptions {
  readonly filters: number;
  readonly kernelSize: number;
  /** Brings each result back to the variance that it had before; false for the layer that gives the picture. True unless said. */
  readonly demodulate?: boolean;
  /** 2 doubles the sides of the map: a transposed convolution, filtered with [1, 3, 3, 1]. 1 unless said. */
  readonly up?: 1 | 2;
}

/** Keeps the root finite, as in the authors' code. */
const smallest = 1e-8;

/**
 * StyleGAN2's convolution, whose filters are scaled for each sample by its style s `[batch, channels]` and then, all that
 * make up one result together, to a norm of 1:
 *
 *     y_j = sum over i, k of w_ijk s_i x_i   /   sqrt(sum over i, k of (w_ijk s_i)^2 + 1e-8)
 *
 * with an equalised learning rate of w. The sample is scaled rather than the filters, and the result rather than their
 * sum: the same numbers by an ordinary convolution. It has neither bias nor noise: those are layers of their own.
 *
 * @returns A layer from `[x, s]`, a map and a style, to `[batch, up height, up width, filters]`.
 * @see Karras et al. (2020), arXiv:1912.04958, section 2.2, equations 1 and 3.
 */
export const modulatedConv2d = defineLayer<ModulatedConv2dOptions, 'kernel'>({
  name: 'ModulatedConv2D',
  options: {
    filters: assertCount,
    kernelSize: assertCount,
    demodulate: optional(oneOf(true, false)),
    up: optional(oneOf(1, 2)),
  },
  weights: ([map, style], { filters, kernelSize }) => {
    const channels = map![3]!;
    if (style?.[1] !== channels)
      throw new TypeError(`a style needs a number for each of ${channels} channels, but has ${style?.[1]}`);
    const initializer = initializers.randomNormal({ mean: 0, stddev: 1 });
    return { kernel: { shape: [kernelSize, kernelSize, channels, filters], initializer } };
  },
  shape: ([map], { filters, kernelSize, up = 1 }) => {
    const [batch, height, width] = convolvedShape(map!, filters, { kernelSize });
    const larger = (side: number | null | undefined) => (side == null ? null : up * side);
    return [batch!, larger(height), larger(width), filters];
  },
  call: ({ inputs: [x, style], weights: { kernel }, options: { demodulate = true, up = 1 } }) => {
    const [, , channels = 1, filters = 1] = kernel.shape;
    const w = mul(kernel, heScale(kernel.size / filters, 1)) as Tensor4D;
    const scaled = mul(x!, spread(style!, channels)) as Tensor4D;
    const y = up === 2 ? grown(scaled, w) : conv2d(scaled, w, 1, 'same');
    if (!demodulate) return y;
    const energy = matMul(square(style!) as Tensor2D, sum(square(w), [0, 1]) as Tensor2D);
    return mul(y, spread(rsqrt(add(energy, smallest)), filters));
  },
});

/** A transposed convolution to twice the sides and what juts out, then the filter. */
const grown = (x: Tensor4D, w: Tensor4D): Tensor4D => {
  const [batch, height, width] = x.shape;
  const [size, , , filters] = w.shape;
  const sides = [2 * (height - 1) + size, 2 * (width - 1) + size] as const;
  const y = conv2dTranspose(x, transpose(w, [0, 1, 3, 2]), [batch, ...sides, filters], 2, 'valid');
  const around = 2 * height + 3 - sides[0];
  return smoothed(y, [Math.ceil(around / 2), Math.floor(around / 2)], { gain: 4 });
};

/** `[batch, channels]` for every place of a map. */
const spread = (of: Tensor, channels: number): Tensor => reshape(of, [-1, 1, 1, channels]);
