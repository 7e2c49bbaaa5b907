import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { add, div, exp, log, mean, mul, scalar, split, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { rows } from '../adversarial/pairs.js';

/** Options of `continuousInformation`. */
export interface ContinuousInformationOptions {
  /**
   * The deviation s of the judge's guess: a number, or `learned`, for which the head gives log s too; 1 unless said.
   */
  readonly deviation?: number | 'learned';
}

const name = 'continuous-information';

/**
 * The mutual information of InfoGAN between a fake and the continuous code that the generator was given, as the judge
 * bounds it from below; both sides make it large,
 *
 *     discriminator:  mean -log q(c | fake)        with  q = normal(m, s^2) for each number of the code
 *     generator:      mean -log q(c | fake)
 *
 *     -log q(c | x) = sum over the code of  ((c - m) / s)^2 / 2 + log s + log(2 pi) / 2
 *
 * The head `code` gives m, and with a learned deviation log s after it: as many numbers as the code has, or twice as
 * many. The bound is the code's entropy less this. Codes are drawn by the game, as in `samples: { code: { uniform: [2]
 * } }`. The paper's deviation is learned, that of its authors' experiments 1.
 *
 * @returns A term with both sides that reads `code` and is bound to `fake` and `code`; of a perfect guess with s = 1
 *   it is log(2 pi) / 2 for each number of the code.
 * @throws TypeError if `deviation` is neither a positive finite number nor `learned`; when it is played, if the head
 *   does not have the width of the code.
 * @see Chen et al. (2016), arXiv:1606.03657, equation 5 and section 6.
 */
export function continuousInformation(options: ContinuousInformationOptions = {}) {
  assertKnownOptions('continuousInformation', options, ['deviation']);
  const { deviation = 1 } = options;
  if (deviation !== 'learned') assertPositive('deviation', deviation);
  const surprise = (head: Tensor, code: Tensor): Tensor => {
    const [given, told] = [rows(code), rows(head)];
    const width = given.shape[1] * (deviation === 'learned' ? 2 : 1);
    if (told.shape[1] !== width)
      throw new TypeError(`${name} wants ${width} numbers of the head 'code', but it has ${told.shape[1]}`);
    const [guess, logDeviation] =
      deviation === 'learned' ? (split(told, 2, 1) as [Tensor, Tensor]) : [told, log(scalar(deviation))];
    const error = div(sub(given, guess), exp(logDeviation));
    const each = add(mul(square(error), 0.5), add(logDeviation, Math.log(2 * Math.PI) / 2));
    return mean(sum(each, 1));
  };
  return defineTerm({
    name,
    reads: { code: 'features' },
    samples: ['fake', 'code'],
    discriminator: ({ fake, samples: { code } }) => surprise(fake.code, code),
    generator: ({ fake, samples: { code } }) => surprise(fake.code, code),
  });
}
