import { defineTerm } from '@gan/core';
import { neg } from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';

/**
 * The twin of an auxiliary classifier (TAC-GAN): a second classifier, of fakes alone, which the generator plays
 * against, so that fakes of a class are not drawn away from where classes meet,
 *
 *     discriminator:  mean -log q(y | fake)        with  q = softmax of the logits
 *     generator:      mean  log q(y | fake)
 *
 * It stands beside `auxiliaryClassifier({ teaches: 'real' })`, whose bias it takes away. The y are the classes that the
 * fakes were made for.
 *
 * @returns A term with both sides that reads the logits `twin` and is bound to `fake` and `classes`; where all K
 *   logits are the same it is log K and -log K.
 * @see Gong et al. (2019), arXiv:1907.02690, section 3.
 */
export const twinAuxiliaryClassifier = () =>
  defineTerm({
    name: 'twin-auxiliary-classifier',
    reads: { twin: 'logits' },
    samples: ['fake', 'classes'],
    discriminator: ({ fake, samples: { classes } }) => crossEntropy(fake.twin, classes),
    generator: ({ fake, samples: { classes } }) => neg(crossEntropy(fake.twin, classes)),
  });
