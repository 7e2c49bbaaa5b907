import type { Network, Shape } from '@gan/core';
import { type GrowingJudgeOptions, growingJudge } from '../../blocks/growing-judge.js';
import { growingConv2d, growingDown, growingLeak } from '../../blocks/growing-layers.js';
import type { JudgeOutputs } from '../../blocks/judge-score.js';
import { filtering } from '../../layers/filtered-resampling.js';
import type { SampleInputs } from '../../ports.js';

/** Options of `styleganDiscriminator`, named like its ports. */
export type StyleganDiscriminatorOptions<
  S extends Shape = Shape,
  C extends number | undefined = number | undefined,
> = GrowingJudgeOptions<S, C>;

/**
 * The judge of StyleGAN: that of progressive growing, whose blocks filter with [1, 2, 1] before they halve the sides, and
 * have their second leaky ReLU behind that:
 *
 *     picture -> 1 x 1 -> conv -> filter, conv, mean -> ... -> 4 x 4 -> minibatch standard deviation -> conv -> dense -> score
 *
 * It is of one size, or grows as `progressiveDiscriminator` does. With classes there is a score for each, of which the label
 * picks its own.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score`, and the `features` that it stands on.
 * @throws TypeError if the side of `sample` is no power of two from 4 on, `growsTo` none from there on, a count is none, or
 *   there is no side to fade from.
 * @see Karras et al. (2019), arXiv:1812.04948, section 2 and appendix C; Mescheder et al. (2018), arXiv:1801.04406, for
 *   classes.
 */
export function styleganDiscriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: StyleganDiscriminatorOptions<S, C>,
): Network<SampleInputs<S, C>, JudgeOutputs> {
  return growingJudge(options, {
    name: 'styleganDiscriminator',
    halved: (filters, name) => [filtering({ taps: 3 }), growingConv2d(filters, 3, name), growingDown(), growingLeak()],
  });
}
