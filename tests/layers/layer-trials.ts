import { type Tensor, transpose } from '@tensorflow/tfjs-core';
import { layers, model, sequential } from '@tensorflow/tfjs-layers';
import { recurrentTrials } from './recurrent-trials.js';
import type { Input, Trial } from './trial.js';
import { each, floats, ids, type Trials } from './trials.js';

/** The same under every name that it goes by. */
const called = (names: readonly string[], trials: (name: keyof typeof layers) => Trials): Record<string, Trials> =>
  Object.fromEntries(names.map((name) => [name, trials(name as keyof typeof layers)]));

/** A layer by its name. */
const named = (name: keyof typeof layers) => layers[name] as unknown as (options: object) => Trial['layer'];

const dropped = (make: () => Trial['layer'], input: Input): Trials =>
  [true, false].map((training) => () => ({ layer: make(), inputs: [input], training }));

const image = floats([2, 6, 5, 3]);
/** The cpu backend's gradient of copying the nearest pixel mixes up the images of a batch. */
const single = floats([1, 6, 5, 3]);
const volume = floats([2, 4, 5, 4, 2]);
const line = floats([2, 9, 3]);
const pair = [floats([2, 4, 3]), floats([2, 4, 3])];
const merged = (make: () => Trial['layer']): Trials => [
  () => ({ layer: make(), inputs: [...pair, floats([2, 4, 3])] }),
];
const planes = [
  { poolSize: 2 },
  { poolSize: [3, 2], strides: [1, 2], padding: 'same' },
  { poolSize: 2, dataFormat: 'channelsFirst' },
];
/**
 * The cpu backend's gradients in space are right of cubes for maxima, and of windows within the volume for averages.
 */
const averaged = [{ poolSize: 2 }, { poolSize: [2, 3, 2], strides: 1 }];
const largest = [{ poolSize: 2 }, { poolSize: 3, strides: 1, padding: 'same' }];
const lines = [{ poolSize: 2 }, { poolSize: 3, strides: 2, padding: 'same' }];

/** Calls a layer that has its channels last on images that have them first. */
const channelsLast: NonNullable<Trial['call']> = (layer, [x], options) =>
  transpose(layer.apply(transpose(x!, [0, 2, 3, 1]), options) as Tensor, [0, 3, 1, 2]);

/** What every layer of tfjs-layers is tried on, by its name. */
export const layerTrials: Readonly<Record<string, Trials>> = {
  activation: [
    'elu',
    'hardSigmoid',
    'linear',
    'relu',
    'relu6',
    'selu',
    'sigmoid',
    'softmax',
    'softplus',
    'softsign',
    'tanh',
    'swish',
    'mish',
    'gelu',
    'gelu_new',
  ].flatMap((activation) => each(layers.activation, floats([3, 7], [-4, 4]), { activation: activation as 'elu' })),
  elu: each(layers.elu, floats([3, 5], [-3, 3]), {}),
  reLU: each(layers.reLU, floats([3, 5], [-3, 3]), {}, { maxValue: 1 }),
  leakyReLU: each(layers.leakyReLU, floats([3, 5], [-3, 3]), {}, { alpha: 0.1 }),
  prelu: each(layers.prelu, floats([3, 4, 5], [-3, 3]), {}, { sharedAxes: [1] }),
  softmax: each(layers.softmax, floats([3, 5], [-3, 3]), {}, { axis: -1 }),
  thresholdedReLU: each(layers.thresholdedReLU, floats([3, 5], [-3, 3]), {}, { theta: 0.5 }),

  dense: each(layers.dense, floats([3, 5]), { units: 4 }, { units: 2, activation: 'relu', useBias: false }),
  conv1d: each(
    layers.conv1d,
    line,
    { filters: 4, kernelSize: 3 },
    { filters: 2, kernelSize: 2, strides: 2 },
    { filters: 2, kernelSize: 2, padding: 'same', dilationRate: 2 },
  ),
  conv2d: each(
    layers.conv2d,
    image,
    { filters: 4, kernelSize: 3 },
    { filters: 2, kernelSize: [2, 3], strides: 2, padding: 'same', activation: 'relu' },
    { filters: 2, kernelSize: 2, dataFormat: 'channelsFirst' },
    { filters: 2, kernelSize: 2, dilationRate: 2 },
  ),
  conv2dTranspose: each(
    layers.conv2dTranspose,
    image,
    { filters: 4, kernelSize: 3 },
    { filters: 2, kernelSize: 4, strides: 2, padding: 'same', activation: 'tanh' },
    { filters: 2, kernelSize: 5, strides: 2, padding: 'same', useBias: false },
  ),
  conv3d: each(
    layers.conv3d,
    volume,
    { filters: 3, kernelSize: 2 },
    { filters: 2, kernelSize: 3, strides: 2, padding: 'same' },
  ),
  conv3dTranspose: each(
    layers.conv3dTranspose,
    volume,
    { filters: 3, kernelSize: 2 },
    { filters: 2, kernelSize: 3, strides: 2, padding: 'same' },
  ),
  separableConv2d: each(
    layers.separableConv2d,
    image,
    { filters: 4, kernelSize: 3 },
    { filters: 2, kernelSize: 2, padding: 'same', depthMultiplier: 2, strides: 2 },
  ),
  depthwiseConv2d: each(
    layers.depthwiseConv2d,
    image,
    { kernelSize: 3 },
    { kernelSize: 2, depthMultiplier: 2, strides: 2, padding: 'same' },
  ),
  cropping2D: each(
    layers.cropping2D,
    image,
    { cropping: 1 },
    {
      cropping: [
        [1, 2],
        [0, 1],
      ],
    },
  ),
  upSampling2d: [
    ...each(layers.upSampling2d, single, {}),
    ...each(layers.upSampling2d, image, { size: [3, 2], interpolation: 'bilinear' }),
  ],
  zeroPadding2d: each(
    layers.zeroPadding2d,
    image,
    {},
    {
      padding: [
        [1, 2],
        [0, 3],
      ],
    },
  ),

  ...called(['averagePooling1d', 'avgPool1d', 'avgPooling1d', 'maxPool1d', 'maxPooling1d'], (name) =>
    each(named(name), line, ...lines),
  ),
  ...called(['averagePooling2d', 'avgPool2d', 'avgPooling2d', 'maxPool2d', 'maxPooling2d'], (name) =>
    each(named(name), image, ...planes),
  ),
  ...called(['averagePooling3d', 'avgPool3d', 'avgPooling3d'], (name) => each(named(name), volume, ...averaged)),
  maxPooling3d: each(named('maxPooling3d'), volume, ...largest),
  ...called(['globalAveragePooling1d', 'globalMaxPool1d', 'globalMaxPooling1d'], (name) => each(named(name), line, {})),
  ...called(['globalAveragePooling2d', 'globalMaxPool2d', 'globalMaxPooling2d'], (name) =>
    each(named(name), image, { dataFormat: 'channelsLast' }, { dataFormat: 'channelsFirst' }),
  ),

  add: merged(() => layers.add()),
  average: merged(() => layers.average()),
  concatenate: [...merged(() => layers.concatenate()), ...merged(() => layers.concatenate({ axis: 1 }))],
  maximum: merged(() => layers.maximum()),
  minimum: merged(() => layers.minimum()),
  multiply: merged(() => layers.multiply()),
  dot: [{ axes: -1 }, { axes: [1, 1] as [number, number] }, { axes: 2, normalize: true }].map((options) => () => ({
    layer: layers.dot(options),
    inputs: pair,
  })),

  batchNormalization: [
    ...[true, false].flatMap((training) =>
      [image, floats([6, 4])].map((input) => () => ({
        layer: layers.batchNormalization({}),
        inputs: [input],
        training,
      })),
    ),
    // tfjs-layers itself cannot train without the one or the other.
    ...each(layers.batchNormalization, image, { scale: false }, { center: false }),
    // The cpu backend repeats what it has for each channel over the numbers in their order, whatever the channels' axis.
    ...[true, false].map((training) => (reference: boolean) => ({
      layer: layers.batchNormalization({ axis: reference ? -1 : 1 }),
      inputs: [image],
      training,
      ...(reference && { call: channelsLast }),
    })),
  ],
  layerNormalization: each(layers.layerNormalization, image, {}, { axis: [1, 2], scale: false }),

  dropout: dropped(() => layers.dropout({ rate: 0.4, seed: 3 }), floats([4, 6])),
  spatialDropout1d: dropped(() => layers.spatialDropout1d({ rate: 0.4, seed: 3 }), line),
  alphaDropout: dropped(() => layers.alphaDropout({ rate: 0.4 }), floats([4, 6])),
  gaussianDropout: dropped(() => layers.gaussianDropout({ rate: 0.4 }), floats([4, 6])),
  gaussianNoise: dropped(() => layers.gaussianNoise({ stddev: 0.4 }), floats([4, 6])),

  flatten: each(layers.flatten, image, {}, { dataFormat: 'channelsFirst' }),
  masking: each(layers.masking, floats([2, 3, 2]), {}, { maskValue: 0.5 }),
  permute: each(layers.permute, image, { dims: [3, 1, 2] }),
  repeatVector: each(layers.repeatVector, floats([3, 4]), { n: 3 }),
  reshape: each(layers.reshape, image, { targetShape: [10, -1] }),
  embedding: [() => ({ layer: layers.embedding({ inputDim: 7, outputDim: 3 }), inputs: [ids([2, 5], 7)] })],

  ...recurrentTrials,

  rescaling: each(layers.rescaling, image, { scale: 1 / 127.5, offset: -1 }),
  centerCrop: each(layers.centerCrop, image, { height: 4, width: 3 }, { height: 8, width: 9 }),
  resizing: [
    ...each(layers.resizing, image, { height: 4, width: 8 }),
    ...each(layers.resizing, single, { height: 12, width: 10, interpolation: 'nearest' }),
  ],
  randomWidth: each(layers.randomWidth, image, { factor: 0.4, seed: 5 }),
  categoryEncoding: (['multiHot', 'oneHot', 'count'] as const).map((outputMode) => () => ({
    layer: layers.categoryEncoding({ numTokens: 6, outputMode }),
    inputs: [ids(outputMode === 'oneHot' ? [4] : [3, 4], 6)],
    differentiable: false,
  })),

  input: [
    () => {
      const start = layers.input({ shape: [4] });
      const end = layers.dense({ units: 3 }).apply(start) as typeof start;
      return { layer: model({ inputs: start, outputs: end }), inputs: [floats([2, 4])] };
    },
  ],
  inputLayer: [
    () => ({
      layer: sequential({ layers: [layers.inputLayer({ inputShape: [4] }), layers.dense({ units: 3 })] }),
      inputs: [floats([2, 4])],
    }),
  ],
};
