import * as tf from '@tensorflow/tfjs-core';
import { as3, as4, as5, type OpCase, op } from './case.cases.js';
import { activation } from './products.cases.js';
import type { Random } from './random.cases.js';

type Pair = [number, number];
type Pads = 'same' | 'valid' | number | [Pair, Pair, Pair, Pair];

/** A window, and how it moves over a picture it fits into. */
interface Moving {
  readonly size: Pair;
  readonly window: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pad: Pads;
  readonly rounding: 'floor' | undefined;
}

/**
 * Dilated or strided, not both, as TensorFlow.js has it; the four kinds of pads. With one number for all pads it takes
 * the window and its strides to be square.
 */
export function moving(random: Random, { dilated = true, explicit = true } = {}): Moving {
  const kind = random.pick(['same', 'valid', 'number', ...(explicit ? ['explicit'] : [])]);
  const pair = (most: number): Pair => {
    const [first, second] = random.sizes(2, most) as Pair;
    return [first, kind === 'number' ? first : second];
  };
  const window = pair(3);
  const apart = dilated && random.chance(0.25);
  const [strides, dilations]: [Pair, Pair] = apart ? [[1, 1], pair(2)] : [pair(2), [1, 1]];
  const edge = (): Pair => [random.whole(0, 2), random.whole(0, 2)];
  const pad = kind === 'number' ? random.whole(0, 1) : kind === 'explicit' ? [[0, 0], edge(), edge(), [0, 0]] : kind;
  const least = window.map((extent, i) => (extent - 1) * dilations[i]! + 1);
  const size = least.map((extent) => extent + random.whole(0, 3)) as Pair;
  return { size, window, strides, dilations, pad: pad as Pads, rounding: kind === 'number' ? 'floor' : undefined };
}

/** The shape of pictures in one of the two layouts. */
const pictures = (format: 'NHWC' | 'NCHW', batch: number, [height, width]: Pair, channels: number) =>
  format === 'NHWC' ? [batch, height, width, channels] : [batch, channels, height, width];

const conv2d = op('conv2d', (random) => {
  const { size, window, strides, dilations, pad, rounding } = moving(random);
  const [batch, channels, filters] = random.sizes(3, 3) as [number, number, number];
  const format = typeof pad === 'object' ? 'NHWC' : random.pick(['NHWC', 'NCHW'] as const);
  return {
    inputs: [random.input(pictures(format, batch, size, channels)), random.input([...window, channels, filters])],
    op: (x, f) => tf.conv2d(as4(x), as4(f), strides, pad, format, dilations, rounding),
  };
});

const fusedConvolution = (name: string, depthwise: boolean): OpCase =>
  op(name, (random) => {
    const { size, window, strides, dilations, pad, rounding } = moving(random);
    const [batch, channels, filters] = random.sizes(3, 3) as [number, number, number];
    const across = depthwise ? channels * filters : filters;
    const bias = random.chance(0.7) ? [random.input([across])] : [];
    const applied = activation(random);
    const slope = applied === 'prelu' ? [random.input([across])] : [];
    const alpha = random.uniform(0.1, 0.5);
    const convolve =
      (name: typeof applied) =>
      (x?: tf.Tensor, filter?: tf.Tensor, ...rest: tf.Tensor[]) =>
        (depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d)({
          x: as4(x),
          filter: as4(filter),
          strides,
          pad: pad as 'same',
          dilations,
          ...(rounding && { dimRoundingMode: rounding }),
          ...(bias.length > 0 && { bias: rest[0]! }),
          activation: name,
          ...(name === 'prelu' && { preluActivationWeights: rest.at(-1)! }),
          leakyreluAlpha: alpha,
        });
    return {
      inputs: [
        random.input([batch, ...size, channels]),
        random.input([...window, channels, filters]),
        ...bias,
        ...slope,
      ],
      op: convolve(applied),
      kinkAtZero: convolve('linear'),
    };
  });

/** Of a convolution of [batch, ...size, channels] by `window` with `strides`. */
const outputs = (size: number[], window: number[], strides: number[], pad: 'same' | 'valid') =>
  size.map((extent, i) => Math.ceil((pad === 'same' ? extent : extent - window[i]! + 1) / strides[i]!));

/** Convolutions of one, two and three dimensions, their transposes, and those channel by channel. */
export const convolutionCases: readonly OpCase[] = [
  op('conv1d', (random) => {
    const [batch, channels, filters, window] = random.sizes(4, 3) as [number, number, number, number];
    const dilation = random.pick([1, 1, 2]);
    const stride = dilation === 1 ? random.whole(1, 2) : 1;
    const length = (window - 1) * dilation + random.whole(1, 4);
    const pad = random.pick(['same', 'valid'] as const);
    return {
      inputs: [random.input([batch, length, channels]), random.input([window, channels, filters])],
      op: (x, f) => tf.conv1d(as3(x), as3(f), stride, pad, 'NWC', dilation),
    };
  }),
  conv2d,
  op('conv2dTranspose', (random) => {
    const { size, window, strides } = moving(random, { dilated: false });
    const pad = random.pick(['same', 'valid'] as const);
    const [batch, channels, filters] = random.sizes(3, 3) as [number, number, number];
    return {
      inputs: [
        random.input([batch, ...outputs(size, window, strides, pad), filters]),
        random.input([...window, channels, filters]),
      ],
      op: (x, f) => tf.conv2dTranspose(as4(x), as4(f), [batch, ...size, channels], strides, pad),
    };
  }),
  op('conv3d', (random) => {
    const window = random.sizes(3, 2);
    const dilations = random.pick([1, 1, 2]);
    const strides = dilations === 1 ? random.sizes(3, 2) : [1, 1, 1];
    const size = window.map((extent) => (extent - 1) * dilations + random.whole(1, 2));
    const [batch, channels, filters] = random.sizes(3, 2) as [number, number, number];
    const pad = random.pick(['same', 'valid'] as const);
    return {
      inputs: [random.input([batch, ...size, channels]), random.input([...window, channels, filters])],
      op: (x, f) => tf.conv3d(as5(x), as5(f), strides as [number, number, number], pad, 'NDHWC', dilations as 1),
    };
  }),
  op('conv3dTranspose', (random) => {
    const [window, strides] = [random.sizes(3, 2), random.sizes(3, 2)];
    const size = window.map((extent) => extent + random.whole(0, 1));
    const [batch, channels, filters] = random.sizes(3, 2) as [number, number, number];
    const pad = random.pick(['same', 'valid'] as const);
    return {
      inputs: [
        random.input([batch, ...outputs(size, window, strides, pad), filters]),
        random.input([...window, channels, filters]),
      ],
      op: (x, f) =>
        tf.conv3dTranspose(
          as5(x),
          as5(f),
          [batch, ...size, channels] as [number, number, number, number, number],
          strides as [number, number, number],
          pad,
        ),
    };
  }),
  op('depthwiseConv2d', (random) => {
    const { size, window, strides, dilations, pad, rounding } = moving(random);
    const [batch, channels, times] = random.sizes(3, 3) as [number, number, number];
    return {
      inputs: [random.input([batch, ...size, channels]), random.input([...window, channels, times])],
      op: (x, f) => tf.depthwiseConv2d(as4(x), as4(f), strides, pad as 'same', 'NHWC', dilations, rounding),
    };
  }),
  fusedConvolution('fused.conv2d', false),
  fusedConvolution('fused.depthwiseConv2d', true),
  op('separableConv2d', (random) => {
    const { size, window, strides, dilations } = moving(random);
    const pad = random.pick(['same', 'valid'] as const);
    const [batch, channels, times, filters] = random.sizes(4, 2) as [number, number, number, number];
    const stride = Math.max(...strides);
    return {
      inputs: [
        random.input([batch, ...size, channels]),
        random.input([...window, channels, times]),
        random.input([1, 1, channels * times, filters]),
      ],
      op: (x, d, p) => tf.separableConv2d(as4(x), as4(d), as4(p), stride, pad, dilations),
    };
  }),
];
