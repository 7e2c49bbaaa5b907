import type { Network, Shape } from '@gan/core';
import { type GrowingJudgeOptions, growingJudge } from '../../blocks/growing-judge.js';
import { growingConv2d, growingDown, growingLeak } from '../../blocks/growing-layers.js';
import type { JudgeOutputs } from '../../blocks/judge-score.js';
import type { SampleInputs } from '../../ports.js';

/** Options of `progressiveDiscriminator`, named like its ports. */
export type ProgressiveDiscriminatorOptions<
  S extends Shape = Shape,
  C extends number | undefined = number | undefined,
> = GrowingJudgeOptions<S, C>;

/**
 * The judge of progressive growing, the mirror image of its generator: for each side from the picture's down to 8 two
 * convolutions and the means of four places, the standard deviation over groups of the batch as one more channel, a
 * convolution, and two dense layers, all with an equalised learning rate and, but the last, a leaky ReLU of 0.2:
 *
 *     picture -> 1 x 1 -> conv -> conv -> mean -> ... -> 4 x 4 -> minibatch standard deviation -> conv -> dense -> score
 *
 * With `fade`, a stage begins as the judge of half the side, which sees the picture halved, and in so many steps goes over
 * to its own. Its layers are named by side, so that a game which starts `from` that of the stage before takes what it had.
 *
 * Unlike the paper, samples are compared in groups of 4, as in the authors' code; and with classes there is a score for
 * each, of which the label picks its own, as in StyleGAN's, where the authors have an auxiliary classifier: that is
 * `withHeads` around one without classes.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score`, and the `features` that it stands on.
 * @throws TypeError if the side of `sample` is no power of two from 4 on, `growsTo` none from there on, a count is none, or
 *   there is no side to fade from.
 * @see Karras et al. (2018), arXiv:1710.10196, sections 2 to 4, table 2.
 */
export function progressiveDiscriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: ProgressiveDiscriminatorOptions<S, C>,
): Network<SampleInputs<S, C>, JudgeOutputs> {
  return growingJudge(options, {
    name: 'progressiveDiscriminator',
    halved: (filters, name) => [growingConv2d(filters, 3, name), growingLeak(), growingDown()],
  });
}
