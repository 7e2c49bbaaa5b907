import { assertKnownOptions, assertPositive, defineTerm, type Tensors } from '@gan/core';
import { concat, div, expandDims, eye, logSumExp, mean, mul, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { cosines, normalized } from '../adversarial/pairs.js';
import { classPairs } from './class-pairs.js';

/** Options of `conditionalContrastive`. */
export interface ConditionalContrastiveOptions {
  /** What similarities are divided by, t in the paper; 1 unless said, as there for CIFAR-10. */
  readonly temperature?: number;
}

/** Taken from the exponent of what a sum shall not contain. */
const never = 1e30;

/**
 * The conditional contrastive loss of ContraGAN (2C): the embedding of a sample is drawn to that of its class and to
 * those of other samples of its class, and away from the rest of the batch,
 *
 *     discriminator:  mean of l over real samples
 *     generator:      mean of l over fakes
 *
 *     l_i = -log (e(c_i) + sum over j /= i with y_j = y_i of e(h_j)) / (e(c_i) + sum over j /= i of e(h_j))
 *     e(u) = exp(cos(h_i, u) / temperature)
 *
 * It stands beside a loss that tells real from fake. The judge takes `classes`, and gives for each sample an
 * `embedding` h and a `proxy` c, the embedding of its class. Classes are those it was judged by, or those bound as
 * `classes`. A sample that is alone of its class still has its proxy.
 *
 * @returns A term with both sides that reads the features `embedding` and `proxy`, rows of the same width, and is
 *   bound to `classes`; it is 0 where all samples of a batch are of one class.
 * @throws TypeError if `temperature` is not a positive finite number.
 * @see Kang, Park (2020), arXiv:2006.12681, section 3.
 */
export function conditionalContrastive(options: ConditionalContrastiveOptions = {}) {
  assertKnownOptions('conditionalContrastive', options, ['temperature']);
  const { temperature = 1 } = options;
  assertPositive('temperature', temperature);
  const contrast = ({ embedding, proxy }: Tensors<'embedding' | 'proxy'>, classes: Tensor): Tensor => {
    const toProxy = expandDims(div(sum(mul(normalized(embedding), normalized(proxy)), 1), temperature), 1);
    const toAll = div(cosines(embedding, embedding), temperature);
    const toOthers = sub(toAll, mul(eye(toAll.shape[0]!), never));
    const toAlike = sub(toOthers, mul(sub(1, classPairs(classes)), never));
    return mean(sub(logSumExp(concat([toProxy, toOthers], 1), 1), logSumExp(concat([toProxy, toAlike], 1), 1)));
  };
  return defineTerm({
    name: 'conditional-contrastive',
    reads: { embedding: 'features', proxy: 'features' },
    samples: ['real', 'fake', 'classes'],
    discriminator: ({ real, samples }) => contrast(real, samples.real['classes'] ?? samples.classes),
    generator: ({ fake, samples }) => contrast(fake, samples.fake['classes'] ?? samples.classes),
  });
}
