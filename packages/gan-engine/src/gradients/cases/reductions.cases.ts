import * as tf from '@tensorflow/tfjs-core';
import { type OpCase, op } from './case.cases.js';
import type { Random, Range } from './random.cases.js';

type Reduce = (x: tf.Tensor, axis: number | number[] | undefined, keepDims: boolean) => tf.Tensor;

/** Of some axes, of one, of one counted from the end, or of all; kept or not. */
const reduction = (name: string, f: Reduce, range?: Range, most = 4): OpCase =>
  op(name, (random) => {
    const rank = random.whole(1, 4);
    const axes = random.shuffled([...Array(rank).keys()]);
    const chosen = random.pick([
      most < rank ? 0 : undefined,
      axes[0]!,
      -1,
      axes.slice(0, random.whole(1, Math.min(rank, most))).sort(),
    ]);
    const keepDims = random.chance(0.5);
    return { inputs: [random.input(random.sizes(rank, 3), range)], op: (x) => f(x!, chosen, keepDims) };
  });

const running = (name: string, f: typeof tf.cumsum, zeros = false): OpCase =>
  op(name, (random) => {
    const shape = random.sizes(random.whole(1, 3));
    const [axis, exclusive, reverse] = [random.whole(0, shape.length - 1), random.chance(0.5), random.chance(0.5)];
    const input = random.input(shape);
    if (zeros) sprinkle(random, input.values);
    return { inputs: [input], op: (x) => f(x!, axis, exclusive, reverse) };
  });

/** Zeros here and there: a product has a derivative there too. */
const sprinkle = (random: Random, values: Float32Array) => {
  values.forEach((_, i) => {
    if (random.chance(0.2)) values[i] = 0;
  });
};

/**
 * Numbers are drawn evenly over their range: those of [-1, 1] add up to nearly nothing, and with the sum its gradients
 * here, of which float32 then leaves the rounding of the terms: 1e-4 of 81 numbers.
 */
const offCentre: Range = { from: -0.5, to: 1 };

/** Sums, extrema and running totals along axes. */
export const reductionCases: readonly OpCase[] = [
  running('cumprod', tf.cumprod as typeof tf.cumsum, true),
  running('cumsum', tf.cumsum),
  reduction('logSumExp', tf.logSumExp),
  reduction('max', tf.max),
  reduction('mean', tf.mean, offCentre),
  reduction('min', tf.min),
  reduction('moments', (x, axis, keepDims) => {
    const { mean, variance } = tf.moments(x, axis, keepDims);
    return tf.add(mean, tf.mul(2, variance));
  }),
  reduction('norm', (x, axis, keepDims) => tf.norm(x, 'euclidean', axis, keepDims), { kinks: [0] }, 2),
  op('prod', (random) => {
    const shape = random.sizes(random.whole(1, 3));
    const axis = random.pick([undefined, random.whole(0, shape.length - 1)]);
    const [keepDims, input] = [random.chance(0.5), random.input(shape)];
    sprinkle(random, input.values);
    return { inputs: [input], op: (x) => tf.prod(x!, axis, keepDims) };
  }),
  reduction('sum', tf.sum, offCentre),
  op('topk', (random) => {
    const shape = random.sizes(random.whole(1, 3));
    const k = random.whole(1, shape.at(-1)!);
    return { inputs: [random.input(shape)], op: (x) => tf.topk(x!, k).values };
  }),
];
