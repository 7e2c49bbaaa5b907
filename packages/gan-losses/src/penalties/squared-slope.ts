import { gradients, type Round, recording, type Tensors } from '@gan/core';
import { add, clone, reshape, square, sum, type Tensor, zeros } from '@tensorflow/tfjs-core';

/**
 * How steep the judge is at each sample, `|| grad_x score ||^2`, over all of `at` that is continuous (float32): int32
 * class ids are held fixed. Differentiable again in what the judge is made of.
 *
 * The gradient is that of the sum of scores. It is each sample's own as long as the judge looks at samples one by one;
 * under batch norm it is the slope of the whole batch's score. Of a judge that scores packs of samples that follow each
 * other it is the slope in all of a pack.
 *
 * @param judge Scores `[batch, 1]` of samples of any shape; all its operations must be twice differentiable.
 * @param at The samples, by the judge's inputs, `[batch, ...shape]`.
 * @returns `[batch]`, or one for each pack; 0 where the score does not depend on the sample.
 */
export function squaredSlope(judge: (inputs: Tensors) => Tensors<'score'>, at: Tensors): Tensor {
  // Copies: of what is a function of a sample elsewhere on the tape, nothing counts but what the judge itself makes of it.
  const points = Object.fromEntries(Object.entries(at).map(([name, value]) => [name, clone(value)]));
  return slopeIn(points, () => judge(points).score);
}

/**
 * The same at the samples that a round is about, out of the pass through the judge that their score is from: a second one
 * would cost as much again. While nothing is recorded, as where all of the judge is frozen, there is no way back, and the
 * judge is asked anew.
 */
export function squaredSlopeOf<Role extends 'real' | 'fake'>(
  round: Pick<Round<{ readonly score: 'linear' }>, 'judged' | 'judge'> & { readonly samples: Record<Role, Tensors> },
  role: Role,
): Tensor {
  if (!recording()) return squaredSlope(round.judge, round.samples[role]);
  const { inputs, outputs } = round.judged(role);
  return slopeIn(inputs, () => outputs.score);
}

/** The slope of scores in what they are made of. */
function slopeIn(points: Tensors, scores: () => Tensor): Tensor {
  const continuous = Object.values(points).filter(({ dtype }) => dtype === 'float32');
  let rows = 0;
  const { gradients: slopes } = gradients(() => {
    const score = scores();
    rows = score.shape[0]!;
    return sum(score);
  }, continuous);
  return slopes
    .filter((slope) => slope !== undefined)
    .map((slope) => sum(square(reshape(slope, [rows, -1])), 1) as Tensor)
    .reduce((total, part) => add(total, part), zeros([rows]));
}
