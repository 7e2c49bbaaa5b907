import * as tf from '@tensorflow/tfjs-core';
import { as4, type OpCase, op } from './case.cases.js';
import type { Random } from './random.cases.js';

type Pair = [number, number];

const picture = (random: Random, most = 4) =>
  random.sizes(4, most).with(0, random.whole(1, 2)).with(3, random.whole(1, 2));

const resizing = (name: string, resize: typeof tf.image.resizeBilinear): OpCase =>
  op(name, (random) => {
    const size = random.sizes(2, 6) as Pair;
    const kind = random.pick(['plain', 'corners', 'centres']);
    return {
      inputs: [random.input(picture(random))],
      op: (x) => resize(as4(x), size, kind === 'corners', kind === 'centres'),
    };
  });

/** Near the identity: turned, moved, and seen from aside, so that some of it lies outside. */
const projections = (random: Random, count: number) => {
  const rows = Array.from({ length: count }, () => [
    random.uniform(0.6, 1.4),
    random.uniform(-0.6, 0.6),
    random.uniform(-2, 2),
    random.uniform(-0.6, 0.6),
    random.uniform(0.6, 1.4),
    random.uniform(-2, 2),
    random.uniform(-0.05, 0.05),
    random.uniform(-0.05, 0.05),
  ]);
  return () => tf.tensor2d(rows, [count, 8]);
};

/** Pictures resized, cut, turned and projected. */
export const imageCases: readonly OpCase[] = [
  op('image.cropAndResize', (random) => {
    const shape = picture(random);
    const count = random.whole(1, 3);
    const belongs = Int32Array.from({ length: count }, () => random.whole(0, shape[0]! - 1));
    const size = random.sizes(2, 4) as Pair;
    const method = random.pick(['bilinear', 'nearest'] as const);
    const [outside, movable] = [random.uniform(-1, 1), method === 'bilinear' && random.chance(0.5)];
    const boxes = random.input([count, 4], { from: -0.2, to: 1.2 });
    const crop = (x: tf.Tensor, at: tf.Tensor) =>
      tf.image.cropAndResize(as4(x), at as tf.Tensor2D, tf.tensor1d(belongs, 'int32'), size, method, outside);
    /** How far the places that are looked up are from pixels, where the weights have a kink. */
    const fromPixels = (x: tf.Tensor, at: tf.Tensor) => {
      const [height, width] = x.shape.slice(1, 3) as Pair;
      const spread = (low: tf.Tensor, high: tf.Tensor, count: number, extent: number) =>
        count === 1
          ? tf.mul(0.5 * (extent - 1), tf.add(low, high))
          : tf.mul(extent - 1, tf.add(low, tf.mul(tf.sub(high, low), tf.div(tf.range(0, count), count - 1))));
      const [top, left, bottom, right] = tf.split(at, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      const all = [spread(top, bottom, size[0], height), spread(left, right, size[1], width)];
      const flat = tf.concat(all.map((t) => tf.reshape(t, [-1])));
      return tf.sub(flat, tf.round(flat));
    };
    return movable
      ? {
          inputs: [random.input(shape), boxes],
          op: (x, at) => crop(x!, at!),
          kinkAtZero: (x, at) => fromPixels(x!, at!),
        }
      : { inputs: [random.input(shape)], op: (x) => crop(x!, tf.tensor(boxes.values, boxes.shape)) };
  }),
  resizing('image.resizeBilinear', tf.image.resizeBilinear),
  resizing('image.resizeNearestNeighbor', tf.image.resizeNearestNeighbor),
  op('image.resizeNearestNeighbor, repeating', (random) => {
    const shape = picture(random);
    const size = [1, 2].map((axis) => shape[axis]! * random.whole(1, 3)) as Pair;
    const centres = random.chance(0.5);
    return {
      inputs: [random.input(shape)],
      op: (x) => tf.image.resizeNearestNeighbor(as4(x), size, false, centres),
    };
  }),
  op('image.rotateWithOffset', (random) => {
    const [angle, fill] = [random.uniform(-3, 3), random.pick([0, 0.5])];
    const centre = random.pick([0.5, [0.3, 0.6] as Pair]);
    return {
      inputs: [random.input(picture(random))],
      op: (x) => tf.image.rotateWithOffset(as4(x), angle, fill, centre),
    };
  }),
  op('image.transform', (random) => {
    // tfjs's cpu backend transforms the first picture of a batch alone.
    const shape = picture(random).with(0, 1);
    const matrices = projections(random, 1);
    const interpolation = random.pick(['nearest', 'bilinear'] as const);
    const mode = random.pick(['constant', 'reflect', 'wrap', 'nearest'] as const);
    const [fill, size] = [random.uniform(-1, 1), random.pick([undefined, random.sizes(2, 5) as Pair])];
    return {
      inputs: [random.input(shape)],
      op: (x) => tf.image.transform(as4(x), matrices(), interpolation, mode, fill, size),
    };
  }),
];
