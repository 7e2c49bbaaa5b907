import { defineTerm } from '@gan/core';
import { add, logSumExp, mean, neg, softplus, type Tensor } from '@tensorflow/tfjs-core';
import { crossEntropy } from '../conditional/cross-entropy.js';

/**
 * Semi-supervised classes: a classifier of K classes is a judge too, if a class K + 1, of fakes, has the logit 0: with
 * s = log sum over k of exp l_k and so D = sigmoid(s),
 *
 *     discriminator:  mean -log softmax(l(labelled))_y + mean softplus(-s(real)) + mean softplus(s(fake))
 *     generator:      mean softplus(-s(fake))
 *
 * `labelled` are samples whose `classes` y are known, few as they may be; they may be the real samples themselves, and
 * are then judged once.
 *
 * Unlike the paper, whose generator matches the mean features of real samples, the generator makes D large; with
 * `{ ...semiSupervised(), generator: undefined }` beside a term for feature matching it is the paper's.
 *
 * @returns A term with both sides that reads the logits `class`, and is bound to `real`, `fake`, `labelled` and
 *   `classes`; where all K logits are -log K it is log K + 2 log 2 and log 2.
 * @see Salimans et al. (2016), arXiv:1606.03498, section 5.
 */
export const semiSupervised = () =>
  defineTerm({
    name: 'semi-supervised',
    reads: { class: 'logits' },
    samples: ['real', 'fake', 'labelled', 'classes'],
    discriminator: ({ real, fake, samples, judge }) => {
      const { labelled, classes } = samples;
      const known = labelled === samples.real['sample'] ? real.class : judge({ sample: labelled }).class;
      return add(
        crossEntropy(known, classes),
        add(mean(softplus(neg(total(real.class)))), mean(softplus(total(fake.class)))),
      );
    },
    generator: ({ fake }) => mean(softplus(neg(total(fake.class)))),
  });

const total = (logits: Tensor): Tensor => logSumExp(logits, -1);
