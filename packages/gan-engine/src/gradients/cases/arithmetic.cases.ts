import * as tf from '@tensorflow/tfjs-core';
import { binary, broadcasting, type OpCase, op } from './case.cases.js';

const positive = { from: 0.5, to: 2 };

/** Two numbers that broadcast and are never close, since their order is the kink. */
const ordered = (name: string, f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): OpCase =>
  op(name, (random) => ({ inputs: random.apart(broadcasting(random, 2)), op: (a, b) => f(a!, b!) }));

/** Functions of two numbers, broadcast. */
export const arithmeticCases: readonly OpCase[] = [
  binary('add', tf.add),
  op('addN', (random) => {
    const shape = random.sizes(random.whole(0, 3));
    const inputs = Array.from({ length: random.whole(1, 4) }, () => random.input(shape));
    return { inputs, op: (...xs) => tf.addN(xs) };
  }),
  binary('atan2', tf.atan2, positive),
  binary('div', tf.div, {}, positive),
  binary('divNoNan', tf.divNoNan, {}, positive),
  ordered('maximum', tf.maximum),
  ordered('minimum', tf.minimum),
  binary('mod', tf.mod, { from: 0.2, to: 0.9 }, { from: 1.1, to: 2 }),
  binary('mul', tf.mul),
  binary('pow', tf.pow, positive, { from: -2, to: 3 }),
  op('pow of zeros', (random) => {
    const shape = random.sizes(random.whole(1, 3));
    const zeros = random.input(shape, { from: 0.2, to: 2 });
    zeros.values.forEach((_, i) => {
      if (random.chance(0.5)) zeros.values[i] = 0;
    });
    return {
      inputs: [random.input(shape, { from: 1, to: 3 })],
      op: (b) => tf.pow(tf.tensor(zeros.values, shape), b!),
    };
  }),
  binary('squaredDifference', tf.squaredDifference),
  binary('sub', tf.sub),
  op('where', (random) => {
    const shape = random.sizes(random.whole(1, 3));
    return {
      inputs: [random.input(shape, { kinks: [0] }), random.input(shape), random.input(shape)],
      op: (x, a, b) => tf.where(tf.greater(x!, 0), tf.mul(a!, x!), b!),
    };
  }),
];
