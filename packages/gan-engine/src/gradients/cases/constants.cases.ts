import * as tf from '@tensorflow/tfjs-core';
import { anywhere, binary, type OpCase, op, unary } from './case.cases.js';
import type { Random } from './random.cases.js';

const float = (x: tf.Tensor) => tf.cast(x, 'float32');

/** Steps at the whole numbers of 3 x. */
const stepped = (name: string, f: (x: tf.Tensor) => tf.Tensor, kinks: readonly number[]): OpCase =>
  unary(name, (x) => tf.add(f(tf.mul(x, 3)), x), { kinks });
const wholes = [-3, -2, -1, 0, 1, 2, 3].map((n) => n / 3);
const halves = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5].map((n) => n / 3);

/** A mask of two tensors whose numbers are never close, times both. */
const mask = (name: string, compare: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): OpCase =>
  op(name, (random) => {
    const shape = random.sizes(random.whole(0, 3));
    return {
      inputs: random.apart([shape, shape]),
      op: (a, b) => tf.add(tf.mul(float(compare(a!, b!)), a!), tf.mul(0.5, b!)),
    };
  });

const positive = (x: tf.Tensor) => tf.greater(x, 0);
const along = (random: Random) => {
  const shape = random.sizes(random.whole(1, 3));
  return { shape, axis: random.whole(0, shape.length - 1) };
};

/** What is constant wherever it is continuous: its gradient is zero, and it stands in products with what is not. */
export const constantCases: readonly OpCase[] = [
  stepped('ceil', tf.ceil, wholes),
  stepped('floor', tf.floor, wholes),
  stepped('round', tf.round, halves),
  stepped('cast to whole numbers', (x) => float(tf.cast(x, 'int32')), wholes),
  unary('sign', (x) => tf.mul(tf.sign(x), x), { kinks: [0] }),
  op('step', (random) => {
    const alpha = random.uniform(-0.5, 0.5);
    return { inputs: [anywhere(random, { kinks: [0] })], op: (x) => tf.mul(tf.step(x!, alpha), x!) };
  }),
  mask('equal', tf.equal),
  mask('notEqual', tf.notEqual),
  mask('greater', tf.greater),
  mask('greaterEqual', tf.greaterEqual),
  mask('less', tf.less),
  mask('lessEqual', tf.lessEqual),
  op('masks together', (random) => {
    const shape = random.sizes(random.whole(1, 3));
    return {
      inputs: [0, 1].map(() => random.input(shape, { kinks: [0] })),
      op: (a, b) => {
        const [one, other] = [positive(a!), positive(b!)];
        const either = tf.logicalOr(one, tf.logicalNot(other));
        return tf.mul(tf.add(float(tf.logicalAnd(either, one)), float(tf.logicalXor(one, other))), tf.add(a!, b!));
      },
    };
  }),
  op('all and any', (random) => {
    const { shape, axis } = along(random);
    return {
      inputs: [random.input(shape, { kinks: [0] })],
      op: (x) => tf.mul(x!, float(tf.logicalOr(tf.all(positive(x!), axis, true), tf.any(positive(x!), axis, true)))),
    };
  }),
  op('argMax and argMin', (random) => {
    const { shape, axis } = along(random);
    const [first, last] = [0, 1].map(() => random.uniform(0.5, 2)) as [number, number];
    const position = (x: tf.Tensor) => tf.add(tf.mul(first, tf.argMax(x, axis)), tf.mul(last, tf.argMin(x, axis)));
    return { inputs: [random.input(shape)], op: (x) => tf.mul(x!, tf.expandDims(position(x!), axis)) };
  }),
  op('oneHot of argMax', (random) => {
    const [rows, columns] = [random.whole(1, 4), random.whole(2, 5)];
    return {
      inputs: [random.input([rows, columns])],
      op: (x) => tf.mul(x!, tf.oneHot(tf.argMax(x!, 1) as tf.Tensor1D, columns, 1.5, -0.5, 'float32')),
    };
  }),
  unary('isNaN, isFinite, isInf', (x) =>
    tf.mul(x, tf.add(float(tf.isFinite(x)), tf.add(float(tf.isNaN(x)), float(tf.isInf(x))))),
  ),
  unary('onesLike and zerosLike', (x) => tf.mul(x, tf.add(tf.onesLike(x), tf.zerosLike(x)))),
  binary('floorDiv', (a, b) => tf.add(tf.floorDiv(a, b), tf.mul(a, b)), { from: 0.1, to: 0.4 }, { from: 0.5, to: 2 }),
];
