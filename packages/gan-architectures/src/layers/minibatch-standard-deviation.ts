import { assertCount } from '@gan/core';
import { add, concat, mean, reshape, sqrt, square, sub, zeros } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';
import { optional } from './option-check.js';

/** Options of `minibatchStandardDeviation`. */
export interface MinibatchStandardDeviationOptions {
  /** How many samples are compared with each other; all of the batch, unless said, 4 in StyleGAN2. */
  readonly group?: number;
  /** How many numbers it adds, each of an equal share of the channels; 1 unless said. */
  readonly features?: number;
}

/** Keeps the derivative of the root finite where samples are the same. */
const smallest = 1e-8;

/**
 * Minibatch standard deviation: tells a judge how much the samples of a batch differ, as one more channel,
 *
 *     s = mean over places and channels of  sqrt(var over the group of x + 1e-8)
 *
 * the same number at every place and for every sample of a group. With `features` of F, each of F equal parts of the
 * channels has an s of its own. Sample i is grouped with those whose number leaves the same remainder when divided by
 * the number of groups, as in StyleGAN2. A group of copies has s = 1e-4.
 *
 * In inference, which knows no other samples, each is a group of its own. A judge that compares samples has no slope at
 * a sample alone: gradient penalties take that of the batch's sum, as StyleGAN2 does.
 *
 * @returns A layer from `[batch, ..., channels]` to `[batch, ..., channels + features]`.
 * @throws TypeError if a count is none, `features` does not divide the channels, or `group` not the batch.
 * @see Karras et al. (2018), arXiv:1710.10196, section 3; Karras et al. (2020), arXiv:1912.04958, for groups of 4.
 */
export const minibatchStandardDeviation = defineLayer<MinibatchStandardDeviationOptions>({
  name: 'MinibatchStandardDeviation',
  options: { group: optional(assertCount), features: optional(assertCount) },
  weights: ([shape], { features = 1 }) => {
    const channels = shape!.at(-1)!;
    if (channels % features !== 0)
      throw new TypeError(`features must divide the channels, but ${features} does not divide ${channels}`);
    return {};
  },
  shape: ([shape], { features = 1 }) => [...shape!.slice(0, -1), shape!.at(-1)! + features],
  call: ({ inputs: [x], options: { group: size, features = 1 }, training }) => {
    const [batch, channels] = [x!.shape[0]!, x!.shape.at(-1)!];
    const group = training ? Math.min(size ?? batch, batch) : 1;
    if (batch % group !== 0)
      throw new TypeError(`a batch of ${batch} does not divide into groups of ${group} samples to compare`);
    const [groups, places] = [batch / group, x!.size / batch / channels];
    const samples = reshape(x!, [group, groups, places, features, channels / features]);
    const variance = mean(square(sub(samples, mean(samples, 0, true))), 0);
    const deviation = reshape(mean(sqrt(add(variance, smallest)), [1, 3]), [1, groups, 1, features]);
    const everywhere = add(deviation, zeros([group, groups, places, features]));
    return concat([x!, reshape(everywhere, [...x!.shape.slice(0, -1), features])], -1);
  },
});
