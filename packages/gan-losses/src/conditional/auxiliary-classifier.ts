import { assertKnownOptions, assertOneOf, defineTerm } from '@gan/core';
import { add } from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';

/** Options of `auxiliaryClassifier`. */
export interface AuxiliaryClassifierOptions {
  /**
   * What the judge learns classes from: real samples and fakes (`both`, as in the paper), or real samples alone
   * (`real`); `both` unless said.
   */
  readonly teaches?: 'both' | 'real';
}

/**
 * The auxiliary classifier of ACGAN: the judge says the class of samples, and the generator makes fakes of the class it
 * was given,
 *
 *     discriminator:  mean -log q(y | real) + mean -log q(y | fake)        with  q = softmax of the logits
 *     generator:      mean -log q(y | fake)
 *
 * It stands beside a loss that tells real from fake. The y are the classes of the real samples, and those that the
 * fakes were made for. A class that is projected on the score instead, as by `condition: 'projection'` of a judge,
 * needs no term: it is part of the network (arXiv:1802.05637).
 *
 * Unlike the paper, where fakes are of classes of their own, fakes and real samples of a batch are of the same.
 *
 * @returns A term with both sides that reads the logits `class` and is bound to `classes`; where all K logits are the
 *   same it is 2 log K and log K.
 * @throws TypeError if `teaches` is neither.
 * @see Odena, Olah, Shlens (2017), arXiv:1610.09585, equation 3.
 */
export function auxiliaryClassifier(options: AuxiliaryClassifierOptions = {}) {
  assertKnownOptions('auxiliaryClassifier', options, ['teaches']);
  const { teaches = 'both' } = options;
  assertOneOf('teaches', teaches, ['both', 'real']);
  return defineTerm({
    name: 'auxiliary-classifier',
    reads: { class: 'logits' },
    samples: ['real', 'fake', 'classes'],
    discriminator: ({ real, fake, samples: { classes } }) => {
      const ofReal = crossEntropy(real.class, classes);
      return teaches === 'real' ? ofReal : add(ofReal, crossEntropy(fake.class, classes));
    },
    generator: ({ fake, samples: { classes } }) => crossEntropy(fake.class, classes),
  });
}
