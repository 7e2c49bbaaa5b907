import * as tf from '@tensorflow/tfjs-core';
import { as1, type OpCase, op } from './case.cases.js';
import type { Random } from './random.cases.js';

/** Whole numbers, made into a tensor anew in each use: it belongs to the engine and the scope of that. */
const places = (random: Random, shape: number[], low: number, high: number) => {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Int32Array.from({ length: count }, () => random.whole(low, high));
  return () => tf.tensor(values, shape, 'int32');
};

/** `count` different places in a tensor of `shape`, in its first `depth` dimensions. */
const distinct = (random: Random, shape: number[], depth: number, count: number) => {
  const outer = shape.slice(0, depth);
  const all = outer.reduce((product, size) => product * size, 1);
  const flat = random.shuffled([...Array(all).keys()]).slice(0, Math.min(count, all));
  const strides = outer.map((_, i) => outer.slice(i + 1).reduce((product, size) => product * size, 1));
  const rows = flat.map((place) => strides.map((stride, i) => Math.floor(place / stride) % outer[i]!));
  return { count: rows.length, make: () => tf.tensor2d(rows, [rows.length, depth], 'int32') };
};

/** Taking numbers from places, and adding them up at places. */
export const indexingCases: readonly OpCase[] = [
  op('gather', (random) => {
    const shape = random.sizes(random.whole(1, 3));
    const axis = random.whole(0, shape.length - 1);
    const which = places(random, random.sizes(random.whole(1, 2)), 0, shape[axis]! - 1);
    return { inputs: [random.input(shape)], op: (x) => tf.gather(x!, which() as tf.Tensor1D, axis) };
  }),
  op('gather by batch', (random) => {
    const [batch, size, rest] = random.sizes(3) as [number, number, number];
    const which = places(random, [batch, random.whole(1, 3)], 0, size - 1);
    return { inputs: [random.input([batch, size, rest])], op: (x) => tf.gather(x!, which() as tf.Tensor1D, 1, 1) };
  }),
  op('gatherND', (random) => {
    const shape = random.sizes(random.whole(1, 3));
    const depth = random.whole(1, shape.length);
    const { make } = distinct(random, shape, depth, 4);
    return { inputs: [random.input(shape)], op: (x) => tf.gatherND(x!, make()) };
  }),
  op('scatterND', (random) => {
    const shape = random.sizes(random.whole(1, 3));
    const depth = random.whole(1, shape.length);
    const { count, make } = distinct(random, shape, depth, 4);
    return {
      inputs: [random.input([count, ...shape.slice(depth)])],
      op: (x) => tf.scatterND(make(), x!, shape),
    };
  }),
  op('tensorScatterUpdate', (random) => {
    const shape = random.sizes(random.whole(1, 3));
    const depth = random.whole(1, shape.length);
    const { count, make } = distinct(random, shape, depth, 4);
    return {
      inputs: [random.input(shape), random.input([count, ...shape.slice(depth)])],
      // Of a copy: tfjs's cpu backend writes into what it is given.
      op: (x, updates) => tf.tensorScatterUpdate(tf.add(x!, 0), make(), updates!),
    };
  }),
  op('unsortedSegmentSum', (random) => {
    const shape = random.sizes(random.whole(1, 3));
    const segments = random.whole(1, 4);
    const which = places(random, [shape[0]!], random.chance(0.3) ? -1 : 0, segments - 1);
    return { inputs: [random.input(shape)], op: (x) => tf.unsortedSegmentSum(x!, as1(which()), segments) };
  }),
];
