import * as tf from '@tensorflow/tfjs-core';
import { as4, as5, type OpCase, op } from './case.cases.js';
import { moving } from './convolutions.cases.js';
import type { Random } from './random.cases.js';

type Triple = [number, number, number];

const flat = (name: string, pool: typeof tf.maxPool): OpCase =>
  op(name, (random) => {
    const { size, window, strides, pad, rounding } = moving(random, { dilated: false });
    const [batch, channels] = random.sizes(2, 2) as [number, number];
    return {
      inputs: [random.input([batch, ...size, channels])],
      op: (x) => pool(as4(x), window, strides, reaching(pad, window) as 'same', rounding),
    };
  });

/** A window that lies outside the picture altogether has no value. */
const reaching = (pad: ReturnType<typeof moving>['pad'], window: readonly number[]) => {
  const cut = ([before, after]: readonly number[], extent: number) => [
    Math.min(before!, extent - 1),
    Math.min(after!, extent - 1),
  ];
  if (typeof pad === 'number') return Math.min(pad, ...window.map((extent) => extent - 1));
  if (typeof pad === 'string') return pad;
  return [[0, 0], cut(pad[1], window[0]!), cut(pad[2], window[1]!), [0, 0]];
};

const deep = (name: string, pool: typeof tf.maxPool3d): OpCase =>
  op(name, (random) => {
    const [window, strides] = [random.sizes(3, 2) as Triple, random.sizes(3, 2) as Triple];
    const size = window.map((extent) => extent + random.whole(0, 2));
    const pad = random.pick(['same', 'valid'] as const);
    const [batch, channels] = random.sizes(2, 2) as [number, number];
    return {
      inputs: [random.input([batch, ...size, channels])],
      op: (x) => pool(as5(x), window, strides, pad),
    };
  });

/** Pictures that a rectifier has cleared in part: of several equal maxima one has the gradient. */
const ties = (random: Random) => random.input([1, 4, random.whole(2, 4), random.whole(1, 2)], { kinks: [0.3] });

/** Windows and their averages and maxima. */
export const poolingCases: readonly OpCase[] = [
  flat('avgPool', tf.avgPool as typeof tf.maxPool),
  deep('avgPool3d', tf.avgPool3d as typeof tf.maxPool3d),
  op('dilation2d', (random) => {
    const { size, window, strides, dilations } = moving(random);
    const [batch, channels] = random.sizes(2, 2) as [number, number];
    const pad = random.pick(['same', 'valid'] as const);
    const [x, filter] = [random.input([batch, ...size, channels]), random.input([...window, channels])];
    // Multiples of 1 and of 0.02: no two sums of one of each are close.
    x.values.set(random.shuffled([...x.values.keys()]));
    filter.values.set(random.shuffled([...filter.values.keys()]).map((n) => (0.9 * n) / filter.values.length));
    return {
      inputs: [x, filter],
      op: (x, f) => tf.mul(0.1, tf.dilation2d(as4(x), f as tf.Tensor3D, strides, pad, dilations)),
    };
  }),
  flat('maxPool', tf.maxPool),
  op('maxPool of equal numbers', (random) => ({
    inputs: [ties(random)],
    op: (x) => tf.maxPool(as4(tf.relu(tf.sub(x!, 0.3))), 2, 2, 'valid'),
  })),
  deep('maxPool3d', tf.maxPool3d),
  op('maxPoolWithArgmax', (random) => {
    const { size, window, strides } = moving(random, { dilated: false });
    const [batch, channels] = random.sizes(2, 2) as [number, number];
    const pad = random.pick(['same', 'valid'] as const);
    return {
      inputs: [random.input([batch, ...size, channels])],
      op: (x) => tf.maxPoolWithArgmax(as4(x), window, strides, pad).result as tf.Tensor,
    };
  }),
  op('pool, dilated', (random) => {
    const { size, window, dilations } = moving(random);
    const kind = random.pick(['avg', 'max'] as const);
    const pad = random.pick(['same', 'valid'] as const);
    return {
      inputs: [random.input([1, ...size.map((extent) => extent + 1), random.whole(1, 2)])],
      op: (x) => tf.pool(as4(x), window, kind, pad, dilations, 1),
    };
  }),
];
