import { assertPositive } from '@gan/core';
import { add, concat, div, mean, mul, slice, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';
import { optional } from './option-check.js';
import { referenceRows } from './reference-rows.js';

/** Options of `virtualBatchNormalization`. */
export interface VirtualBatchNormalizationOptions {
  /** Added to the variance; 1e-5 unless said. */
  readonly epsilon?: number;
}

interface Moments {
  readonly average: Tensor;
  readonly variance: Tensor;
}

/**
 * Virtual batch norm: each sample is normalised by the moments of a reference batch, which stays the same, together with
 * its own, so that it does not depend on the others of its batch,
 *
 *     gamma (x - m) / sqrt(s^2 + epsilon) + beta,    m, s^2 of each channel over the reference batch and x
 *
 * It belongs into a network that `withReferenceBatch` keeps a reference batch for, and which it sends through all layers
 * with every batch: the moments are those of the weights of the moment, and learn with them. The reference batch itself
 * is normalised by its own moments.
 *
 * @returns A layer from `[batch, ..., channels]` to the same shape; its call throws a TypeError outside of such a network.
 * @throws TypeError if `epsilon` is not a positive finite number.
 * @see Salimans et al. (2016), arXiv:1606.03498, section 3.5.
 */
export const virtualBatchNormalization = defineLayer<VirtualBatchNormalizationOptions, 'gamma' | 'beta'>({
  name: 'VirtualBatchNormalization',
  options: { epsilon: optional(assertPositive) },
  weights: ([shape]) => {
    const channels = [shape!.at(-1)!];
    return {
      gamma: { shape: channels, initializer: initializers.ones() },
      beta: { shape: channels, initializer: initializers.zeros() },
    };
  },
  call: ({ inputs: [x], weights: { gamma, beta }, options: { epsilon = 1e-5 } }) => {
    const count = referenceRows();
    if (count === undefined)
      throw new TypeError(
        'virtual batch norm has no reference batch: give the network to withReferenceBatch, as in withReferenceBatch(network, { size: 64 })',
      );
    const [reference, live] = [slice(x!, 0, count), slice(x!, count)];
    const places = x!.shape.slice(1, -1).map((_, i) => i + 1);
    const [common, own] = [moments(reference, [0, ...places]), moments(live, places)];
    const normalized = (of: Tensor, { average, variance }: Moments) =>
      add(mul(sub(of, average), div(gamma, sqrt(add(variance, epsilon)))), beta);
    return concat([normalized(reference, common), normalized(live, joined(common, own, count))]);
  },
});

/** Mean and variance of each channel over some axes, which stay as 1. */
function moments(x: Tensor, axes: number[]): Moments {
  const average = axes.length === 0 ? x : mean(x, axes, true);
  const apart = square(sub(x, average));
  return { average, variance: axes.length === 0 ? apart : mean(apart, axes, true) };
}

/** The moments of each sample together with `count` others. */
function joined(others: Moments, own: Moments, count: number): Moments {
  const share = 1 / (count + 1);
  const between = mul(square(sub(own.average, others.average)), share * (1 - share));
  const mixed = (one: Tensor, other: Tensor) => add(mul(one, share), mul(other, 1 - share));
  return {
    average: mixed(own.average, others.average),
    variance: add(mixed(own.variance, others.variance), between),
  };
}
