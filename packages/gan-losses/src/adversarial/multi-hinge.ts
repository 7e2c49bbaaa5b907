import { defineTerm } from '@gan/core';
import { add, mean, mul, relu, sub, type Tensor, max as topOf, zerosLike } from '@tensorflow/tfjs-core';
import { chosen, classRows } from '../conditional/cross-entropy.js';

/** Taken from the logit of the right class, so that it is never the largest of the wrong ones. */
const far = 1e30;

/**
 * The multi-class hinge loss of Crammer and Singer: a judge with K + 1 logits, of which the last stands for fakes, sets
 * each sample's class apart from the runner-up by a margin of 1,
 *
 *     discriminator:  mean h(real, y) + mean h(fake, K)
 *     generator:      mean h(fake, y)                      with  h(l, c) = max(0, 1 - l_c + max over k /= c of l_k)
 *
 * where y, in 0 to K - 1, are the classes of the real samples, and those that the fakes were made for.
 *
 * @returns A term with both sides that reads the logits `class`, one more than there are classes, and is bound to
 *   `classes`; where all logits are the same it is 2 and 1.
 * @throws TypeError, when it is played, if there are fewer than two logits.
 * @see Kavalerov, Czaja, Chellappa (2019), arXiv:1912.04216.
 */
export const multiHinge = () =>
  defineTerm({
    name: 'multi-hinge',
    reads: { class: 'logits' },
    samples: ['real', 'fake', 'classes'],
    discriminator: ({ real, fake, samples }) =>
      add(hingeOf(real.class, samples.classes), hingeOf(fake.class, last(fake.class, samples.classes))),
    generator: ({ fake, samples }) => hingeOf(fake.class, samples.classes),
  });

function hingeOf(logits: Tensor, classes: Tensor): Tensor {
  const rivals = topOf(sub(logits, mul(classRows(logits, classes), far)), -1);
  return mean(relu(add(1, sub(rivals, chosen(logits, classes)))));
}

/** The last class for each sample, that of fakes. */
const last = (logits: Tensor, classes: Tensor): Tensor => add(zerosLike(classes), logits.shape.at(-1)! - 1);
