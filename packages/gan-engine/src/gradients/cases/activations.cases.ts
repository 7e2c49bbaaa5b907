import * as tf from '@tensorflow/tfjs-core';
import { anywhere, type OpCase, op, unary } from './case.cases.js';

const bent = { kinks: [0] };

const along = (name: string, f: (x: tf.Tensor, axis: number) => tf.Tensor): OpCase =>
  op(name, (random) => {
    const shape = random.sizes(random.whole(1, 4));
    return { inputs: [random.input(shape, { from: -2, to: 2 })], op: (x) => f(x!, shape.length - 1) };
  });

/** Rectifiers, sigmoids and what normalises a row of scores. */
export const activationCases: readonly OpCase[] = [
  unary('elu', tf.elu, bent),
  op('leakyRelu', (random) => {
    const alpha = random.uniform(0, 0.9);
    return { inputs: [anywhere(random, bent)], op: (x) => tf.leakyRelu(x!, alpha) };
  }),
  unary('logSigmoid', tf.logSigmoid),
  op('prelu', (random) => {
    const shape = random.sizes(random.whole(1, 4), 3);
    const alpha = shape.slice(1).map((size) => (random.chance(0.3) ? 1 : size));
    return { inputs: [random.input(shape, bent), random.input(alpha)], op: (x, slope) => tf.prelu(x!, slope!) };
  }),
  unary('relu', tf.relu, bent),
  unary('relu6', tf.relu6, { from: -2, to: 9, kinks: [0, 6] }),
  unary('selu', tf.selu, bent),
  unary('selu of large numbers', (x) => tf.mul(0.01, tf.selu(tf.mul(x, 200))), bent),
  unary('sigmoid', tf.sigmoid),
  unary('softplus', tf.softplus),
  unary('tanh', tf.tanh),
  along('logSoftmax', tf.logSoftmax),
  along('softmax', tf.softmax),
];
