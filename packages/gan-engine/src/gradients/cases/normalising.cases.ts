import * as tf from '@tensorflow/tfjs-core';
import { as4, type OpCase, op } from './case.cases.js';

/** What makes numbers comparable. */
export const normalisingCases: readonly OpCase[] = [
  op('batchNorm', (random) => {
    const shape = random.sizes(random.whole(2, 4), 3);
    const channels = [shape.at(-1)!];
    const [scaled, moved] = [random.chance(0.5), random.chance(0.5)];
    const epsilon = random.uniform(0.001, 0.1);
    return {
      inputs: [
        random.input(shape),
        random.input(channels),
        random.input(channels, { from: 0.5, to: 2 }),
        ...(scaled ? [random.input(channels)] : []),
        ...(moved ? [random.input(channels)] : []),
      ],
      op: (x, mean, variance, ...rest) =>
        tf.batchNorm(
          as4(x),
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          (moved ? rest.at(-1) : undefined) as tf.Tensor1D,
          (scaled ? rest[0] : undefined) as tf.Tensor1D,
          epsilon,
        ),
    };
  }),
  op('batchNorm of the batch', (random) => {
    const shape = random.sizes(random.whole(2, 4), 3);
    const axes = [...shape.keys()].slice(0, -1);
    return {
      inputs: [random.input(shape), random.input([shape.at(-1)!])],
      op: (x, scale) => {
        const { mean, variance } = tf.moments(x!, axes);
        return tf.batchNorm(as4(x), mean as tf.Tensor1D, variance as tf.Tensor1D, undefined, scale as tf.Tensor1D, 0.1);
      },
    };
  }),
  op('localResponseNormalization', (random) => {
    const shape = random.sizes(4, 3).with(3, random.whole(1, 6));
    const [radius, bias, alpha, beta] = [
      random.whole(0, 3),
      random.uniform(0.5, 2),
      random.uniform(0.2, 2),
      random.uniform(0.3, 1),
    ];
    return {
      inputs: [random.input(shape)],
      op: (x) => tf.localResponseNormalization(as4(x), radius, bias, alpha, beta),
    };
  }),
];
