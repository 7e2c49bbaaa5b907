import { assertDecay, assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { add, div, maximum, mean, minimum, mul, relu, scalar, square, sub, type Tensor } from '@tensorflow/tfjs-core';

/** Options of `leCam`. */
export interface LeCamOptions {
  /** Strength, lambda in the paper: 0.01 to 0.3. */
  readonly weight: number;
  /** How much of the anchors an update keeps, in [0, 1); 0.99 unless said. */
  readonly decay?: number;
}

/**
 * LeCam regularisation: the judge keeps its scores of real samples near what it has been saying of fakes, and the other way
 * round, which holds it back when data are few,
 *
 *     weight * (mean max(0, real - a_fake)^2 + mean max(0, a_real - fake)^2)
 *
 * where the anchors a are running means of the judge's scores, those up to the update before: with c updates behind them,
 * `a = a + max(1 - decay, 1 / (c + 1)) * (mean - a)`. It is 0 in the first update, when there are none.
 *
 * Unlike the paper's equation, and like its code, a score that lies beyond the other side's anchor is let be. Unlike the
 * code, which waits for a number of steps to be chosen, the anchors begin as plain means of all scores so far.
 *
 * @returns A term for the judge alone, which reads a linear `score`. State: `real`, `fake` and `count`, scalars.
 * @throws TypeError if `weight` is not a positive finite number, or `decay` is outside [0, 1).
 * @see Tseng et al. (2021), arXiv:2104.03310.
 */
export function leCam(options: LeCamOptions) {
  assertKnownOptions('leCam', options, ['weight', 'decay']);
  const { weight, decay = 0.99 } = options;
  assertPositive('weight', weight);
  assertDecay('decay', decay);
  return defineTerm({
    name: 'le-cam',
    reads: { score: 'linear' },
    init: () => ({ real: scalar(0), fake: scalar(0), count: scalar(0) }),
    discriminator: ({ real, fake, state }) => {
      const beyond = (from: Tensor, to: Tensor): Tensor => mean(square(relu(sub(to, from))));
      const both = add(beyond(state['fake']!, real.score), beyond(fake.score, state['real']!));
      return mul(mul(both, minimum(state['count']!, 1)), weight);
    },
    after: ({ real, fake, state }) => {
      const count = add(state['count']!, 1);
      const share = maximum(div(1, count), 1 - decay);
      const next = (anchor: Tensor, scores: Tensor): Tensor => add(anchor, mul(sub(mean(scores), anchor), share));
      return { state: { real: next(state['real']!, real.score), fake: next(state['fake']!, fake.score), count } };
    },
  });
}
