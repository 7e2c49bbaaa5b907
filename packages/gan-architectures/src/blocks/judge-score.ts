import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import { kernels } from './kernels.js';
import { projectedScore } from './projected-score.js';

/** What a judge's score is: unbounded (a logit, a critic's opinion), or a probability. */
export type ScoreHead = 'linear' | 'sigmoid';

/** What a judge gives: its score, and the features that it stands on, for terms and further heads that want them. */
export type JudgeOutputs<H extends ScoreHead = 'linear'> = { readonly score: H; readonly features: 'features' };

/**
 * `projectedScore` of features h and a class y to project on, through a sigmoid if the head is one.
 *
 * @param options.features h, `[batch, width]`.
 * @param options.projectOn y, one-hot; the last summand is left out without it.
 * @param options.deviation Standard deviation of the initial w and V.
 * @returns `[batch, 1]`
 * @see Miyato, Koyama (2018), arXiv:1802.05637, equation 10 and figure 1d.
 */
export function judgeScore({
  features,
  projectOn,
  head,
  deviation,
}: {
  readonly features: SymbolicTensor;
  readonly projectOn: SymbolicTensor | undefined;
  readonly head: ScoreHead;
  readonly deviation: number;
}): SymbolicTensor {
  const start = () => initializers.randomNormal({ mean: 0, stddev: deviation });
  const score = projectedScore(features, projectOn, kernels(false, start));
  return head === 'sigmoid' ? chain(score, layers.activation({ activation: 'sigmoid' })) : score;
}
