import * as tf from '@tensorflow/tfjs-core';
import { type OpCase, op } from './case.cases.js';
import type { Range } from './random.cases.js';

type Loss = (labels: tf.Tensor, predictions: tf.Tensor, weights: tf.Tensor, reduction: tf.Reduction) => tf.Tensor;

type Kink = (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor;

/** Of labels and predictions both, weighted, in each way of adding up. */
const loss = (
  name: string,
  f: Loss,
  labels: Range,
  predictions: Range = labels,
  { weighting = 'each', kink }: { readonly weighting?: 'row' | 'each'; readonly kink?: Kink } = {},
): OpCase =>
  op(`losses.${name}`, (random) => {
    const shape = random.sizes(2, 4);
    const weights = random.input(weighting === 'row' ? [shape[0]!] : shape, { from: 0.2, to: 1 });
    const reduction = random.whole(0, 3) as tf.Reduction;
    const [target, guess] = random.apart([shape, shape], { from: 0, to: 1 });
    const into = (input: typeof weights, { from = -1, to = 1 }: Range) => ({
      ...input,
      values: input.values.map((value) => from + value * (to - from)),
    });
    return {
      inputs: [into(target!, labels), into(guess!, predictions)],
      op: (y, x) => f(y!, x!, tf.tensor(weights.values, weights.shape), reduction),
      ...(kink && { kinkAtZero: (y?: tf.Tensor, x?: tf.Tensor) => kink(y!, x!) }),
    };
  });

const share = { from: 0.1, to: 0.9 };

/** The losses that TensorFlow.js comes with. */
export const lossCases: readonly OpCase[] = [
  loss('absoluteDifference', tf.losses.absoluteDifference, {}),
  loss(
    'cosineDistance',
    (y, x, weights, reduction) => tf.losses.cosineDistance(y, x, 1, tf.slice(weights, 0, [-1, 1]), reduction),
    {},
  ),
  loss(
    'hingeLoss',
    tf.losses.hingeLoss,
    { from: 0.7, to: 0.9 },
    { from: 0, to: 4 },
    {
      kink: (y, x) => tf.sub(1, tf.mul(tf.sub(tf.mul(2, y), 1), x)),
    },
  ),
  loss(
    'huberLoss',
    (y, x, weights, reduction) => tf.losses.huberLoss(y, x, weights, 0.6, reduction),
    {},
    {},
    {
      kink: (y, x) => tf.sub(tf.abs(tf.sub(x, y)), 0.6),
    },
  ),
  loss('logLoss', (y, x, weights, reduction) => tf.losses.logLoss(y, x, weights, 1e-7, reduction), share),
  loss('meanSquaredError', tf.losses.meanSquaredError, {}),
  loss(
    'sigmoidCrossEntropy',
    (y, x, weights, reduction) => tf.losses.sigmoidCrossEntropy(y, x, weights, 0.1, reduction),
    share,
    { from: 0.2, to: 2 },
  ),
  loss(
    'softmaxCrossEntropy',
    (y, x, weights, reduction) => tf.losses.softmaxCrossEntropy(y, x, weights, 0.1, reduction),
    share,
    {},
    { weighting: 'row' },
  ),
];
