import { gradients, layersNetwork, type Network, random, type Tensors, type Weights } from '@gan/core';
import { mul, scalar, square, sum, type Tensor, tensor, zerosLike } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import golden from './golden/judge-layers.json' with { type: 'json' };
import {
  minibatchDiscrimination,
  minibatchStandardDeviation,
  spectralNormalization,
  virtualBatchNormalization,
  withReferenceBatch,
} from './index.js';

interface Stored {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A case of tools/goldens/judge-layers.py. */
interface GoldenCase {
  readonly parameters: Readonly<Record<string, Stored>>;
  readonly state: Readonly<Record<string, Stored>>;
  readonly input: Stored;
  readonly probe: Stored;
  readonly outputs: readonly (readonly number[])[];
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly slope?: readonly number[];
  /** Of the square of the slope: in each parameter and in the input; empty where the input is ids. */
  readonly second: readonly (readonly number[])[];
  readonly inference?: readonly number[];
  readonly after: Readonly<Record<string, readonly number[]>>;
}

/** The features that layers make of a sample. */
export const stack = (shape: readonly number[], through: () => readonly layers.Layer[]): Network =>
  layersNetwork({
    inputs: { sample: shape },
    outputs: { features: 'features' },
    model: () => sequential({ layers: [layers.inputLayer({ inputShape: [...shape] }), ...through()] }),
  });

const spectral = (shape: readonly number[], layer: () => layers.Layer, iterations = 1) =>
  stack(shape, () => [spectralNormalization({ layer: layer(), iterations })]);
const dense = () => layers.dense({ units: 4 });
const picture = [4, 5, 3];
const spread = [2, 3, 4];

const networks: Readonly<Record<keyof typeof golden.cases, () => Network>> = {
  spectralDense: () => spectral([5], dense),
  spectralDenseOften: () => spectral([5], dense, 3),
  spectralConvolution: () =>
    spectral(picture, () => layers.conv2d({ filters: 4, kernelSize: [2, 3], strides: 2, padding: 'valid' })),
  spectralTransposed: () =>
    spectral(picture, () => layers.conv2dTranspose({ filters: 4, kernelSize: [3, 2], strides: 2, padding: 'valid' })),
  spectralEmbedding: () => spectral([1], () => layers.embedding({ inputDim: 6, outputDim: 4 })),
  discrimination: () => stack([5], () => [minibatchDiscrimination({ features: 3, dimensions: 4 })]),
  deviationOfAll: () => stack(spread, () => [minibatchStandardDeviation()]),
  deviationOfGroups: () => stack(spread, () => [minibatchStandardDeviation({ group: 4 })]),
  deviationOfParts: () => stack(spread, () => [minibatchStandardDeviation({ group: 4, features: 2 })]),
  virtualOfRows: () =>
    withReferenceBatch(
      stack([4], () => [virtualBatchNormalization()]),
      { size: 5 },
    ),
  virtualOfMaps: () =>
    withReferenceBatch(
      stack([2, 2, 4], () => [virtualBatchNormalization()]),
      { size: 3 },
    ),
};

export const layerCases = Object.keys(networks) as (keyof typeof networks)[];
export const layerGolden = (name: keyof typeof networks): GoldenCase => golden.cases[name];

const made = ({ shape, values }: Stored): Tensor => tensor([...values], [...shape], 'float32');

/** What a weight is called behind its position, an embedding's being a kernel too. */
const plain = (name: string): string => name.split('/').at(-1)!.replace('embeddings', 'kernel');

/** Weights in place of fresh ones, which are disposed of; state that is not given starts as zeros. */
function filled(network: Network, find: (name: string) => Stored | undefined): Weights {
  const fresh = network.init(random(1));
  const given = (from: Tensors) =>
    Object.fromEntries(
      Object.entries(from).map(([name, value]) => {
        const stored = find(name);
        const now = stored ? made(stored) : name === 'reference chosen' ? scalar(1, 'int32') : zerosLike(value);
        value.dispose();
        return [name, now];
      }),
    );
  return { parameters: given(fresh.parameters), state: given(fresh.state) };
}

/** A layer's network, with the weights and the sample of its golden case. */
function started(name: keyof typeof networks) {
  const [network, of] = [networks[name](), layerGolden(name)];
  const start = filled(network, (weight) =>
    weight.startsWith('reference/') ? of.state['reference'] : (of.parameters[plain(weight)] ?? of.state[plain(weight)]),
  );
  return { network, of, start, sample: made(of.input), probe: made(of.probe) };
}

/**
 * The gradients of the square of a layer's slope, as a penalty would have them: in each parameter, and in the input. All
 * operations must be twice differentiable.
 */
export function layerCurvature(name: keyof typeof networks): readonly (readonly number[])[] {
  const { network, of, start, sample, probe } = started(name);
  const parameters = Object.keys(of.parameters).map(
    (key) => Object.entries(start.parameters).find(([weight]) => plain(weight) === key)![1],
  );
  const at = [...parameters, sample];
  const value = () =>
    sum(mul(network.apply(start, { sample }, { training: true, random: random(1) }).outputs['features']!, probe));
  const { gradients: second } = gradients(() => sum(square(gradients(value, [sample]).gradients[0]!)), at);
  return at.map((tensor, i) => Array.from((second[i] ?? zerosLike(tensor)).dataSync()));
}

/** What a layer makes of its golden case: two applications in training with the gradients of the first, and inference. */
export function layerOutcome(
  name: keyof typeof networks,
): Omit<GoldenCase, 'parameters' | 'state' | 'input' | 'probe' | 'second'> {
  const { network, of, start, sample, probe } = started(name);
  const applied = ({ parameters, state }: Weights, training: boolean) => {
    const { outputs, state: moved } = network.apply({ parameters, state }, { sample }, { training, random: random(1) });
    return { out: outputs['features']!, weights: { parameters, state: moved } };
  };
  const entries = Object.entries(start.parameters);
  const { gradients: slopes } = gradients(
    () => sum(mul(applied(start, true).out, probe)),
    [...entries.map(([, parameter]) => parameter), ...(of.slope ? [sample] : [])],
  );
  const one = applied(start, true);
  const two = applied(one.weights, true);
  const read = (tensor: Tensor) => Array.from(tensor.dataSync());
  return {
    outputs: [read(one.out), read(two.out)],
    gradients: Object.fromEntries(entries.map(([weight], i) => [plain(weight), read(slopes[i]!)])),
    ...(of.slope ? { slope: read(slopes.at(-1)!) } : {}),
    ...(of.inference ? { inference: read(applied(two.weights, false).out) } : {}),
    after: Object.fromEntries(
      Object.entries(two.weights.state).flatMap(([weight, value]) =>
        plain(weight) in of.after ? [[plain(weight), read(value)]] : [],
      ),
    ),
  };
}

/** A judge of these layers, with the weights of its golden R1 penalty. */
export function layeredJudge(): { readonly network: Network; readonly weights: Weights; readonly sample: Tensor } {
  const { parameters, u, input } = golden.judge;
  const all: Readonly<Record<string, Stored>> = { ...parameters, ...u };
  const network = layersNetwork({
    inputs: { sample: [4, 4, 2] },
    outputs: { score: 'linear' },
    model: () =>
      sequential({
        layers: [
          layers.inputLayer({ inputShape: [4, 4, 2] }),
          spectralNormalization({
            layer: layers.conv2d({ filters: 3, kernelSize: 2, strides: 2, activation: 'softplus' }),
          }),
          minibatchStandardDeviation({ group: 2 }),
          layers.flatten(),
          spectralNormalization({ layer: layers.dense({ units: 1 }) }),
        ],
      }),
  }) as Network;
  const weights = filled(network, (name) => (plain(name) === 'v' ? undefined : all[name.split('/')[0]!]));
  return { network, weights, sample: made(input) };
}

export const layeredJudgeGolden: { readonly value: number; readonly gradients: Readonly<Record<string, number[]>> } =
  golden.judge;
