import { assertCount, assertDecay, layerRandom } from '@gan/core';
import {
  add,
  concat,
  expandDims,
  greaterEqual,
  less,
  logicalAnd,
  mean,
  mul,
  range,
  reshape,
  slice,
  squeeze,
  sub,
  tile,
  where,
} from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';
import { assertShare, optional } from './option-check.js';

/** Options of `styleAverage`. */
export interface StyleAverageOptions {
  /** How much of the average a batch leaves; 0.998, unless said, as in the authors' code. */
  readonly decay?: number;
}

/**
 * Keeps a running average of styles while it trains, towards which they can be truncated when sampling,
 *
 *     average = decay * average + (1 - decay) * mean of the batch
 *
 * and hands on what it is given. The average is the network's state, as `.../average`.
 *
 * @returns A layer from `[batch, width]` to the same.
 * @see Karras et al. (2019), arXiv:1812.04948, appendix B.
 */
export const styleAverage = defineLayer<StyleAverageOptions, 'average'>({
  name: 'StyleAverage',
  options: { decay: optional(assertDecay) },
  weights: ([shape]) => ({ average: { shape: [shape![1]!], initializer: initializers.zeros(), trainable: false } }),
  call: ({ inputs: [x], weights: { average }, options: { decay = 0.998 }, training, write }) => {
    if (training) write('average', add(average, mul(sub(mean(x!, 0), average), 1 - decay)));
    return x!;
  },
});

/** Options of `styleMixing`. */
export interface StyleMixingOptions {
  /** How many layers of the synthesis take a style. */
  readonly layers: number;
  /** How many of the samples are mixed in training, in [0, 1]; 0.9, unless said, as in the paper. */
  readonly probability?: number;
}

/**
 * Gives each layer of a synthesis its style: the same for all, but while it trains, with some probability, from a random
 * layer on that of another sample, so that layers do not come to rely on each other's.
 *
 * Unlike the paper, the other style is not drawn for the purpose, but that of the next sample of the batch.
 *
 * @returns A layer from `[batch, width]` to `[batch, layers, width]`.
 * @see Karras et al. (2019), arXiv:1812.04948, section 3.1.
 */
export const styleMixing = defineLayer<StyleMixingOptions>({
  name: 'StyleMixing',
  options: { layers: assertCount, probability: optional(assertShare) },
  shape: ([shape], { layers }) => [shape![0]!, layers, shape![1]!],
  call: ({ inputs: [x], options: { layers, probability = 0.9 }, training }) => {
    const own = tile(expandDims(x!, 1), [1, layers, 1]);
    if (!training || probability === 0 || layers === 1) return own;
    const [batch = 1] = x!.shape;
    const next = concat([slice(x!, 1), slice(x!, 0, 1)], 0);
    const random = layerRandom();
    const mixed = less(random.uniform([batch, 1, 1]), probability);
    const from = add(random.categorical([batch, 1, 1], layers - 1), 1);
    const later = greaterEqual(reshape(range(0, layers), [1, layers, 1]), from);
    return where(logicalAnd(mixed, later), tile(expandDims(next, 1), [1, layers, 1]), own);
  },
});

/** Options of `styleAt`. */
export interface StyleAtOptions {
  readonly layer: number;
}

/**
 * The style of one layer of a synthesis.
 *
 * @returns A layer from `[batch, layers, width]` to `[batch, width]`.
 */
export const styleAt = defineLayer<StyleAtOptions>({
  name: 'StyleAt',
  options: { layer: (name, value) => assertCount(name, value, 0) },
  shape: ([shape]) => [shape![0]!, shape![2]!],
  call: ({ inputs: [x], options: { layer } }) => squeeze(slice(x!, [0, layer, 0], [-1, 1, -1]), [1]),
});
