import { defineTerm } from '@gan/core';
import { add, type Tensor, zerosLike } from '@tensorflow/tfjs-core';
import { crossEntropy } from '../conditional/cross-entropy.js';

/**
 * The loss of multi-agent diverse GANs (MAD-GAN): of K generators, the judge says which one made a sample, or that it is real,
 * by K + 1 logits of which the last stands for real,
 *
 *     discriminator:  mean -log q(K | real) + mean -log q(c | fake)        with  q = softmax of the logits
 *     generator:      mean -log q(K | fake)
 *
 * where c, in 0 to K - 1, is the generator that made the fake. To be told apart, generators are pushed to modes of their
 * own. `severalGenerators` of @gan/architectures makes one network of them, and the game draws which one plays, as in
 * `samples: { category: { categorical: 4 } }`, with a judge of `heads: { category: 5 }`.
 *
 * Unlike the paper, where generators minimise log(1 - q(K | fake)), they maximise log q(K | fake), as they do in practice
 * (arXiv:1406.2661, section 3).
 *
 * @returns A term with both sides that reads the logits `category`, one more than there are generators, and is bound to
 *   `category`; where all logits are the same it is 2 log (K + 1) and log (K + 1).
 * @throws TypeError, when it is played, if there are fewer than two logits.
 * @see Ghosh et al. (2018), arXiv:1704.02906, section 4.1.
 */
export const multiAgentDiverse = () =>
  defineTerm({
    name: 'multi-agent-diverse',
    reads: { category: 'logits' },
    samples: ['real', 'fake', 'category'],
    discriminator: ({ real, fake, samples: { category } }) =>
      add(crossEntropy(real.category, ofReal(real.category, category)), crossEntropy(fake.category, category)),
    generator: ({ fake, samples: { category } }) => crossEntropy(fake.category, ofReal(fake.category, category)),
  });

/** The last class for each sample, that of real ones. */
const ofReal = (logits: Tensor, category: Tensor): Tensor => add(zerosLike(category), logits.shape.at(-1)! - 1);
