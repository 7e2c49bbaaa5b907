import { assertKnownOptions, assertNotNegative, assertPositive, defineTerm, shown } from '@gan/core';
import { add, mean, mul, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { type Augment, augmented } from './augment.js';

/** Options of `consistency`. */
export interface ConsistencyOptions {
  /** Strength at real samples, lambda_real in the papers, where it is 10. */
  readonly real: number;
  /** Strength at fakes, lambda_fake in the second paper, where it is 10; 0 unless said. */
  readonly fake?: number;
  /** What the judge should not mind: `flipAndTranslate()` for pictures, as in the papers. */
  readonly augment: Augment;
}

/**
 * Consistency regularisation (CR): the judge scores a sample and its augmented version T(x) alike,
 *
 *     real * mean (D(x) - D(T(x)))^2 + fake * mean (D(G(z)) - D(T(G(z))))^2
 *
 * balanced (bCR) where `fake` is above 0. All continuous inputs of the judge are augmented in the same way. Both scores
 * learn; the generator does not.
 *
 * @returns A term for the judge alone, which reads a linear `score`; it is 0 for a judge that does not tell x from T(x).
 * @throws TypeError if `real` is not a positive finite number, `fake` is negative, or `augment` is not a function; when it
 *   is played, if `augment` changes the shape.
 * @see Zhang et al. (2020), arXiv:1910.12027, equation 5; Zhao et al. (2020), arXiv:2002.04724, algorithm 1.
 */
export function consistency(options: ConsistencyOptions) {
  assertKnownOptions('consistency', options, ['real', 'fake', 'augment']);
  const { real: realWeight, fake: fakeWeight = 0, augment } = options;
  assertPositive('real', realWeight);
  assertNotNegative('fake', fakeWeight);
  if (typeof augment !== 'function')
    throw new TypeError(`augment must be a function of samples and a stream, but is ${shown(augment)}`);
  return defineTerm({
    name: 'consistency',
    reads: { score: 'linear' },
    discriminator: (round) => {
      const { samples, judge, random } = round;
      const gap = (of: 'real' | 'fake', weight: number): Tensor => {
        const { score } = judge(augmented(augment, samples[of], () => random.stream(of)));
        return mul(mean(square(sub(round[of].score, score))), weight);
      };
      return fakeWeight === 0 ? gap('real', realWeight) : add(gap('real', realWeight), gap('fake', fakeWeight));
    },
  });
}
