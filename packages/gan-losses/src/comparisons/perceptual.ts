import {
  assertKnownOptions,
  assertOneOf,
  assertPositive,
  defineTerm,
  type FeatureExtractor,
  type Network,
  type Random,
  shown,
  type Tensors,
  type Weights,
} from '@gan/core';
import { add, div, mean, mul, sqrt, square, sum, type Tensor } from '@tensorflow/tfjs-core';
import { assertAlike, type Distance, distances } from './distances.js';

/** A network with `features` heads and the weights it keeps; a trained network is one. */
export interface FrozenNetwork {
  readonly network: Network;
  readonly weights: Weights;
}

/** Options of `perceptual`. */
export interface PerceptualOptions {
  /** What is compared in place of pixels; it stays the caller's. */
  readonly features: FeatureExtractor | FrozenNetwork;
  /** The weight of each head of a network that counts, as in `{ relu1: 0.5, relu2: 1 }`; all `features` heads by 1 unless said. */
  readonly layers?: Readonly<Record<string, number>>;
  /** Of two features: their absolute difference, or its square, as in the paper, which it is unless said. */
  readonly distance?: Distance;
  /** Whether the features of each place are first scaled to length 1, as LPIPS does; they are not unless said. */
  readonly normalized?: boolean;
}

/** Keeps the derivative of a length finite where there are no features. */
const smallest = 1e-10;

/**
 * The perceptual loss: two samples differ as far as features of them do that a fixed network has found,
 *
 *     sum over layers k of  weight_k * mean (phi_k(left) - phi_k(right))^2
 *
 * over the batch and all of a layer's features; with absolute values in place of squares if `distance` is `'l1'`. If
 * `normalized`, phi / sqrt(|phi|^2 + 1e-10) stands for phi, with the length |phi| over the last axis: LPIPS without its
 * learned weights is that, summed rather than averaged over channels.
 *
 * Features are of any `FeatureExtractor`, or of a network in inference mode, whose input normalisation is its own. Nothing
 * in it learns.
 *
 * @returns A term for whoever makes `left` or `right`, two samples of the shape that the features are made from.
 * @throws TypeError if `features` is neither, a layer is no head of the network, or a weight is not positive.
 * @see Johnson, Alahi, Fei-Fei (2016), arXiv:1603.08155, equation 2; Zhang et al. (2018), arXiv:1801.03924, equation 1.
 */
export function perceptual(options: PerceptualOptions) {
  assertKnownOptions('perceptual', options, ['features', 'layers', 'distance', 'normalized']);
  const { features, layers, distance = 'l2', normalized = false } = options;
  assertOneOf('distance', distance, ['l1', 'l2']);
  assertOneOf('normalized', normalized, [true, false]);
  const weights = layerWeights(features, layers);
  return defineTerm({
    name: 'perceptual',
    reads: {},
    samples: ['left', 'right'],
    generator: ({ samples: { left, right }, random }) => {
      assertAlike('perceptual', left, right);
      const [one, other] = [featuresOf(features, left, random), featuresOf(features, right, random)];
      const seen = (layer: Tensor) => (normalized ? unit(layer) : layer);
      return Object.entries(weights)
        .map(([name, weight]) => mul(mean(distances[distance](seen(one[name]!), seen(other[name]!))), weight) as Tensor)
        .reduce((total, part) => add(total, part));
    },
  });
}

const unit = (features: Tensor): Tensor => div(features, sqrt(add(sum(square(features), -1, true), smallest)));

/** What an extractor gives goes by the name of `features`. */
const featuresOf = (of: FeatureExtractor | FrozenNetwork, sample: Tensor, random: Random): Tensors => {
  if ('extract' in of) return { features: of.extract(sample) };
  const [input] = Object.keys(of.network.inputs);
  return of.network.apply(of.weights, { [input!]: sample }, { training: false, random }).outputs;
};

/** @throws TypeError unless features are of one sample, and layers are among them with positive weights. */
function layerWeights(
  features: FeatureExtractor | FrozenNetwork,
  layers: Readonly<Record<string, number>> | undefined,
): Readonly<Record<string, number>> {
  const given: Partial<FeatureExtractor & FrozenNetwork> = features ?? {};
  if (!given.extract && !(given.network && given.weights))
    throw new TypeError(`features must be a feature extractor, or { network, weights }, but is ${shown(features)}`);
  const one = { inputs: { sample: [] }, outputs: { features: 'features' } } as const;
  const { inputs, outputs }: Pick<Network, 'inputs' | 'outputs'> = given.network ?? one;
  if (Object.keys(inputs).length !== 1)
    throw new TypeError(`a network of features takes a sample alone, but this one takes ${Object.keys(inputs)}`);
  const heads = Object.keys(outputs);
  const weights = layers ?? Object.fromEntries(heads.filter((head) => outputs[head] === 'features').map((k) => [k, 1]));
  if (Object.keys(weights).length === 0)
    throw new TypeError(`the network has no features among ${heads.join(', ')}: name its layers, each with a weight`);
  for (const [name, weight] of Object.entries(weights)) {
    if (!heads.includes(name))
      throw new TypeError(`there is no layer '${name}' to look at; there is ${heads.join(', ')}`);
    assertPositive(`layers.${name}`, weight);
  }
  return weights;
}
