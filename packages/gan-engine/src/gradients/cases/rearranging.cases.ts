import * as tf from '@tensorflow/tfjs-core';
import { as4, type OpCase, op } from './case.cases.js';
import type { Random } from './random.cases.js';

/** One input of a rank, and what is done to it. */
const moving = (
  name: string,
  ranks: readonly [number, number],
  use: (random: Random, shape: number[]) => (x: tf.Tensor) => tf.Tensor,
): OpCase =>
  op(name, (random) => {
    const shape = random.sizes(random.whole(...ranks));
    const f = use(random, shape);
    return { inputs: [random.input(shape)], op: (x) => f(x!) };
  });

const axisOf = (random: Random, shape: number[]) => random.whole(0, shape.length - 1);
const pairs = (random: Random, shape: number[], most: (size: number) => number): [number, number][] =>
  shape.map((size) => [random.whole(0, most(size)), random.whole(0, most(size))]);

/** Several inputs that differ along one axis at most. */
const joining = (name: string, equal: boolean, f: (xs: tf.Tensor[], axis: number) => tf.Tensor): OpCase =>
  op(name, (random) => {
    const shape = random.sizes(random.whole(1, 3));
    const axis = axisOf(random, shape);
    const inputs = Array.from({ length: random.whole(1, 3) }, () =>
      random.input(equal ? shape : shape.with(axis, random.whole(1, 3))),
    );
    return { inputs, op: (...xs) => f(xs, axis) };
  });

/** What moves, copies or drops numbers. */
export const rearrangingCases: readonly OpCase[] = [
  op('batchToSpaceND', (random) => {
    const [rows, columns, batch, ...rest] = random.sizes(5, 2) as [number, number, number, number, number];
    const [height, width] = random.sizes(2, 3) as [number, number];
    const crops = [height * rows, width * columns].map((size) => [random.whole(0, size > 1 ? 1 : 0), 0]);
    return {
      inputs: [random.input([batch * rows * columns, height, width, ...rest])],
      op: (x) => tf.batchToSpaceND(x!, [rows, columns], crops),
    };
  }),
  op('broadcastTo', (random) => {
    const to = random.sizes(random.whole(1, 4), 3);
    const from = to.map((size) => (random.chance(0.5) ? 1 : size)).slice(random.whole(0, to.length));
    return { inputs: [random.input(from)], op: (x) => tf.broadcastTo(x!, to) };
  }),
  joining('concat', false, (xs, axis) => tf.concat(xs, axis)),
  op('depthToSpace', (random) => {
    const block = random.whole(2, 3);
    const [batch, height, width] = random.sizes(3, 2) as [number, number, number];
    const channels = random.whole(1, 2) * block * block;
    return { inputs: [random.input([batch, height, width, channels])], op: (x) => tf.depthToSpace(as4(x), block) };
  }),
  moving('diag', [1, 2], () => (x) => tf.diag(x)),
  moving('expandDims', [0, 3], (random, shape) => {
    const axis = random.whole(0, shape.length);
    return (x) => tf.expandDims(x, axis);
  }),
  moving('image.flipLeftRight', [4, 4], () => (x) => tf.image.flipLeftRight(as4(x))),
  moving('mirrorPad', [1, 4], (random, shape) => {
    const mode = random.pick(['reflect', 'symmetric'] as const);
    const paddings = pairs(random, shape, (size) => Math.min(2, mode === 'reflect' ? size - 1 : size));
    return (x) => tf.mirrorPad(x, paddings, mode);
  }),
  moving('pad', [1, 4], (random, shape) => {
    const [paddings, value] = [pairs(random, shape, () => 2), random.uniform(-1, 1)];
    return (x) => tf.pad(x, paddings, value);
  }),
  moving('reshape', [0, 4], () => (x) => tf.reshape(x, [-1])),
  moving('reverse', [1, 4], (random, shape) => {
    const axes = random.shuffled([...shape.keys()]).slice(random.whole(0, shape.length - 1));
    return (x) => tf.reverse(x, axes);
  }),
  moving('slice', [1, 4], (random, shape) => {
    const begin = shape.map((size) => random.whole(0, size - 1));
    const size = shape.map((extent, i) => random.pick([-1, random.whole(1, extent - begin[i]!)]));
    return (x) => tf.slice(x, begin, size);
  }),
  op('spaceToBatchND', (random) => {
    const [rows, columns] = random.sizes(2, 2) as [number, number];
    const [batch, height, width, channels] = random.sizes(4, 3) as [number, number, number, number];
    const paddings = [[height, rows] as const, [width, columns] as const].map(([size, block]) => {
      const before = random.whole(0, 1);
      return [before, (block - ((size + before) % block)) % block];
    });
    return {
      inputs: [random.input([batch, height, width, channels])],
      op: (x) => tf.spaceToBatchND(x!, [rows, columns], paddings),
    };
  }),
  moving('split', [1, 4], (random, shape) => {
    const axis = axisOf(random, shape);
    const first = random.whole(1, shape[axis]!);
    const sizes = first === shape[axis] ? [first] : [first, shape[axis]! - first];
    const which = random.whole(0, sizes.length - 1);
    return (x) => tf.split(x, sizes, axis)[which]!;
  }),
  moving('squeeze', [1, 4], () => (x) => tf.squeeze(x)),
  joining('stack', true, (xs, axis) => tf.stack(xs, axis)),
  moving('stridedSlice', [1, 4], (random, shape) => {
    // tfjs drops an axis rightly only where no other is strided.
    const drops = random.chance(0.3);
    const strides = shape.map(() => (drops ? 1 : random.pick([-2, -1, 1, 2, 3])));
    const begin = shape.map((size) => random.whole(0, size - 1));
    const end = shape.map((size, i) =>
      strides[i]! > 0 ? random.whole(begin[i]! + 1, size) : random.whole(-size - 1, begin[i]! - 1 - size),
    );
    const mask = (probability: number) =>
      shape.reduce((bits, _, i) => bits + (random.chance(probability) ? 2 ** i : 0), 0);
    const [fromStart, toEnd, dropped] = [mask(0.2), mask(0.2), mask(drops ? 0.5 : 0)];
    return (x) => tf.stridedSlice(x, begin, end, strides, fromStart, toEnd, 0, 0, dropped);
  }),
  moving('tile', [1, 5], (random, shape) => {
    const repeats = shape.map(() => random.whole(1, 2));
    return (x) => tf.tile(x, repeats);
  }),
  moving('transpose', [1, 4], (random, shape) => {
    const permutation = random.pick([undefined, random.shuffled([...shape.keys()])]);
    return (x) => tf.transpose(x, permutation);
  }),
  moving('unstack', [1, 4], (random, shape) => {
    const axis = axisOf(random, shape);
    const which = random.whole(0, shape[axis]! - 1);
    return (x) => tf.unstack(x, axis)[which]!;
  }),
];
