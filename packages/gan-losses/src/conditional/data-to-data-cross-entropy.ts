import { assertKnownOptions, assertPositive, defineTerm, type Tensors } from '@gan/core';
import { concat, div, expandDims, logSumExp, mean, mul, neg, relu, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { cosines, normalized } from '../adversarial/pairs.js';
import { classPairs } from './class-pairs.js';

/** Options of `dataToDataCrossEntropy`. */
export interface DataToDataCrossEntropyOptions {
  /** What similarities are divided by, tau in the paper; 0.5 unless said, as in its code. */
  readonly temperature?: number;
  /** The cosine from which on a sample is near enough to its class, m_p in the paper, in (0, 1]; 0.98 unless said. */
  readonly near?: number;
  /**
   * The cosine up to which samples of two classes are far enough apart, m_n in the paper, in [-1, near); 1 - near
   * unless said.
   */
  readonly far?: number;
}

/** Taken from the exponent of what a sum shall not contain. */
const never = 1e30;

/**
 * The data-to-data cross-entropy of ReACGAN (D2D-CE): the embedding of a sample is drawn to that of its class, and away
 * from those of the batch's samples of other classes, by a softmax among these alone, and no further than to a margin,
 *
 *     discriminator:  mean of l over real samples
 *     generator:      mean of l over fakes
 *
 *     l_i = -log e(p_i) / (e(p_i) + sum over j with y_j /= y_i of e(n_ij))
 *     p_i = min(0, cos(h_i, c_i) - near),   n_ij = max(0, cos(h_i, h_j) - far),   e(u) = exp(u / temperature)
 *
 * It stands beside a loss that tells real from fake. The judge takes `classes`, and gives for each sample an
 * `embedding` h and a `proxy` c, the embedding of its class. Classes are those it was judged by, or those bound as
 * `classes`.
 *
 * @returns A term with both sides that reads the features `embedding` and `proxy`, rows of the same width, and is
 *   bound to `classes`; it is 0 where all samples of a batch are of one class.
 * @throws TypeError if `temperature` is not a positive finite number or the cosines are not in order.
 * @see Kang et al. (2021), arXiv:2111.01118, section 3.
 */
export function dataToDataCrossEntropy(options: DataToDataCrossEntropyOptions = {}) {
  assertKnownOptions('dataToDataCrossEntropy', options, ['temperature', 'near', 'far']);
  const { temperature = 0.5, near = 0.98, far = 1 - near } = options;
  assertPositive('temperature', temperature);
  if (!(near > 0 && near <= 1)) throw new TypeError(`near must be a cosine in (0, 1], but is ${near}`);
  if (!(far >= -1 && far < near))
    throw new TypeError(`far must be a cosine of at least -1 and less than near, ${near}, but is ${far}`);
  const entropy = ({ embedding, proxy }: Tensors<'embedding' | 'proxy'>, classes: Tensor): Tensor => {
    const toProxy = sum(mul(normalized(embedding), normalized(proxy)), 1);
    const attracted = div(neg(relu(sub(near, toProxy))), temperature);
    const repelled = div(relu(sub(cosines(embedding, embedding), far)), temperature);
    const others = sub(repelled, mul(classPairs(classes), never));
    return mean(sub(logSumExp(concat([expandDims(attracted, 1), others], 1), 1), attracted));
  };
  return defineTerm({
    name: 'data-to-data-cross-entropy',
    reads: { embedding: 'features', proxy: 'features' },
    samples: ['real', 'fake', 'classes'],
    discriminator: ({ real, samples }) => entropy(real, samples.real['classes'] ?? samples.classes),
    generator: ({ fake, samples }) => entropy(fake, samples.fake['classes'] ?? samples.classes),
  });
}
