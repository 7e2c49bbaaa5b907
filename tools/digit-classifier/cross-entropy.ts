import { defineTerm } from '@gan/core';
import { logSoftmax, mean, mul, neg, oneHot, sum, type Tensor1D } from '@tensorflow/tfjs-core';

/** The mean over samples of -log p(class), in nats, for a judge that gives logits over ten classes. */
export const crossEntropy = () =>
  defineTerm({
    name: 'cross-entropy',
    reads: { class: 'logits' },
    samples: ['real', 'classes'],
    discriminator: ({ real, samples }) =>
      neg(mean(sum(mul(oneHot(samples.classes as Tensor1D, 10), logSoftmax(real.class)), 1))),
  });
