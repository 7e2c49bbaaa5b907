import type { Network, Random, Tensors } from '@gan/core';
import {
  add,
  cast,
  conv2d,
  greaterEqual,
  leakyRelu,
  matMul,
  mul,
  reshape,
  type Tensor,
  type Tensor4D,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';

/** Shapes of the kernels; a bias has the last side alone. */
const kernels = {
  'convolution-1': [5, 5, 1, 16],
  'convolution-2': [5, 5, 16, 32],
  'convolution-3': [3, 3, 32, 64],
  'dense-1': [1024, 64],
  'dense-2': [64, 10],
} as const;
type Layer = keyof typeof kernels;

/** The slope of the leaky ReLU below 0: with none, half of the features died in training. */
const slope = 0.1;
/** The share of features that training leaves out. */
const dropped = 0.3;

/** The shape of every weight, by name. */
export const digitWeightShapes: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  Object.entries(kernels).flatMap(([layer, shape]) => [
    [`${layer}/kernel`, shape],
    [`${layer}/bias`, shape.slice(-1)],
  ]),
);

const biased = (x: Tensor, parameters: Tensors, layer: Layer): Tensor => add(x, parameters[`${layer}/bias`]!);

const halved = (x: Tensor, parameters: Tensors, layer: Layer): Tensor => {
  const kernel = parameters[`${layer}/kernel`] as Tensor4D;
  return leakyRelu(biased(conv2d(x as Tensor4D, kernel, 2, 'same'), parameters, layer), slope);
};

const dense = (x: Tensor, parameters: Tensors, layer: Layer): Tensor =>
  biased(matMul(x, parameters[`${layer}/kernel`]!), parameters, layer);

/** `[batch, 28, 28, 1]` in [-1, 1] to the 64 features before the last layer: 14 x 14, 7 x 7, 4 x 4 and dense. */
export function digitFeatures(parameters: Tensors, samples: Tensor): Tensor {
  return tidy(() => {
    const layers = ['convolution-1', 'convolution-2', 'convolution-3'] as const;
    const seen = layers.reduce((x, layer) => halved(x, parameters, layer), samples);
    return leakyRelu(dense(reshape(seen, [-1, 1024]), parameters, 'dense-1'), slope);
  });
}

/** Features to the logits of the ten digits. */
export const digitLogits = (parameters: Tensors, features: Tensor): Tensor =>
  tidy(() => dense(features, parameters, 'dense-2'));

const dropout = (features: Tensor, random: Random): Tensor => {
  const kept = greaterEqual(random.uniform(features.shape), dropped);
  return mul(features, mul(cast(kept, 'float32'), 1 / (1 - dropped)));
};

/**
 * The network behind `digitClassifier`, to be trained like any other: three convolutions of stride 2 and two dense
 * layers, 98,000 weights, a million products per digit. Dropout before the last layer in training; He's initialisation.
 */
export function digitNetwork(): Network<
  { readonly sample: readonly [28, 28, 1] },
  { readonly class: 'logits'; readonly features: 'features' }
> {
  return {
    inputs: { sample: [28, 28, 1] },
    outputs: { class: 'logits', features: 'features' },
    init: (random) => ({
      parameters: Object.fromEntries(
        Object.entries(digitWeightShapes).map(([name, shape]) => {
          if (name.endsWith('bias')) return [name, zeros([...shape])];
          const inputs = shape.slice(0, -1).reduce((product, side) => product * side, 1);
          return [name, tidy(() => mul(random.stream(name).normal(shape), Math.sqrt(2 / inputs)))];
        }),
      ),
      state: {},
    }),
    apply: ({ parameters, state }, { sample }, { training, random }) => {
      const outputs = tidy(() => {
        const features = digitFeatures(parameters, sample!);
        const heard = training ? dropout(features, random) : features;
        return { class: digitLogits(parameters, heard), features };
      });
      return { outputs, state };
    },
  };
}
