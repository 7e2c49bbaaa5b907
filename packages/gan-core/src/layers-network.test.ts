import '@tensorflow/tfjs-backend-cpu';
import {
  cast,
  engine,
  gather,
  mean,
  memory,
  setBackend,
  square,
  sub,
  type Tensor,
  tensor1d,
  tensor2d,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { input, layers, model, regularizers, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradients, layersNetwork, random, type Weights } from './index.js';
import { disposeAll } from './tensors.js';
import { checkNetwork } from './testing/index.js';

beforeAll(async () => {
  await setBackend('cpu');
});

/** Batch norm at two depths, one of them in a nested model. */
const deep = () =>
  sequential({
    layers: [
      layers.dense({ units: 6, inputShape: [4] }),
      layers.batchNormalization({ momentum: 0.9 }),
      layers.leakyReLU({ alpha: 0.2 }),
      sequential({
        layers: [layers.dense({ units: 5, inputShape: [6], activation: 'tanh' }), layers.batchNormalization({})],
      }),
      layers.dense({ units: 1 }),
    ],
  });
const network = () => layersNetwork({ inputs: { x: [4] }, outputs: { y: 'linear' }, model: deep });

/** In the order of the model: names start with the position. */
const inOrder = ({ parameters, state }: Weights): Tensor[] =>
  Object.entries({ ...parameters, ...state })
    .sort(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map(([, tensor]) => tensor);

const furthest = (a: Tensor, b: Tensor): number => Math.max(...sub(a, b).dataSync().map(Math.abs), 0);

describe('a tfjs-layers model as a network', () => {
  for (const training of [true, false])
    it(`has the gradients and the moving statistics of the plain model (training: ${training})`, () => {
      const ours = network();
      const weights = ours.init(random(3));
      const x = random(4).normal([7, 4]);
      const plain = deep();
      plain.setWeights(inOrder(weights));
      const trainable = plain.trainableWeights as unknown as { readonly val: Variable }[];
      const reference = variableGrads(
        () => mean(square(plain.apply(x, { training }) as Tensor)),
        trainable.map(({ val }) => val),
      );
      tidy(() => {
        let state: Tensor[] = [];
        const slopes = gradients(() => {
          const result = ours.apply(weights, { x }, { training, random: random(1) });
          state = Object.values(result.state);
          return mean(square(result.outputs.y));
        }, Object.values(weights.parameters)).gradients;
        expect(slopes).toHaveLength(trainable.length);
        trainable.forEach(({ val }, i) => {
          expect(furthest(slopes[i]!, reference.grads[val.name]!)).toBeLessThan(1e-6);
        });
        if (!training) expect(state).toEqual(Object.values(weights.state));
      });
      tidy(() => {
        const { state } = ours.apply(weights, { x }, { training, random: random(1) });
        const moving = (plain.weights as unknown as { readonly val: Tensor; readonly trainable: boolean }[]).filter(
          (weight) => !weight.trainable,
        );
        moving.forEach(({ val }, i) => {
          expect(furthest(Object.values(state)[i]!, val)).toBe(0);
        });
      });
    });

  it('keeps the contract of a network, batch norm, dropout and noise included', async () => {
    await checkNetwork(network());
    await checkNetwork(
      layersNetwork({
        inputs: { x: [3] },
        outputs: { y: [3] },
        model: () =>
          sequential({
            layers: [
              layers.gaussianNoise({ stddev: 1, inputShape: [3] }),
              layers.gaussianDropout({ rate: 0.5 }),
              layers.alphaDropout({ rate: 0.5 }),
              layers.dropout({ rate: 0.5 }),
            ],
          }),
      }),
    );
  });

  it('allocates nothing until init, then its weights alone', () => {
    const before = memory().numTensors;
    const ours = network();
    expect(memory().numTensors).toBe(before);
    const variables = Object.keys(engine().registeredVariables).length;
    const weights = ours.init(random(1));
    expect(memory().numTensors - before).toBe(inOrder(weights).length);
    expect(Object.keys(engine().registeredVariables)).toHaveLength(variables);
    disposeAll(weights);
    expect(memory().numTensors).toBe(before);
  });

  it('works from given weights alone, before any init', () => {
    const weights = network().init(random(1));
    const other = network();
    const x = random(2).normal([3, 4]);
    const mode = { training: false, random: random(1) };
    tidy(() => {
      expect(other.apply(weights, { x }, mode).outputs.y.dataSync()).toEqual(
        network().apply(weights, { x }, mode).outputs.y.dataSync(),
      );
    });
  });

  it('is as good as new after an error inside', () => {
    const ours = network();
    const weights = ours.init(random(1));
    const before = memory().numTensors;
    const mode = { training: true, random: random(1) };
    const wide = random(2).normal([3, 5]);
    expect(() => ours.apply(weights, { x: wide }, mode)).toThrow();
    wide.dispose();
    expect(memory().numTensors).toBe(before);
    tidy(() => {
      expect(ours.apply(weights, { x: random(2).normal([3, 4]) }, mode).outputs.y.shape).toEqual([3, 1]);
    });
  });

  it('feeds classes one-hot where the model is as wide, and as ids elsewhere', () => {
    const table = tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const oneHot = layersNetwork({
      inputs: { classes: 3 },
      outputs: { y: [2] },
      model: () =>
        sequential({ layers: [layers.dense({ units: 2, inputShape: [3], useBias: false, weights: [table] })] }),
    });
    const ids = layersNetwork({
      inputs: { classes: 3 },
      outputs: { y: [2] },
      model: () =>
        sequential({
          layers: [layers.embedding({ inputDim: 3, outputDim: 2, inputLength: 1, weights: [table] }), layers.flatten()],
        }),
    });
    tidy(() => {
      const classes = tensor1d([2, 0, 1, 2], 'int32');
      const mode = { training: false, random: random(1) };
      const expected = gather(table, cast(classes, 'int32')).dataSync();
      for (const net of [oneHot, ids])
        expect(net.apply(net.init(random(1)), { classes }, mode).outputs.y.dataSync()).toEqual(expected);
    });
  });

  it('keeps the weights of a model that exists', () => {
    const existing = deep();
    const ours = layersNetwork({ inputs: { x: [4] }, outputs: { y: 'linear' }, model: existing });
    tidy(() => {
      const x = random(1).normal([3, 4]);
      const made = ours.init(random(9));
      expect(ours.apply(made, { x }, { training: false, random: random(1) }).outputs.y.dataSync()).toEqual(
        (existing.predict(x) as Tensor).dataSync(),
      );
    });
    expect((existing.weights as unknown as { readonly val: Tensor }[]).every(({ val }) => !val.isDisposed)).toBe(true);
  });

  it('takes several inputs and gives several outputs, by name', () => {
    const ours = layersNetwork({
      inputs: { a: [2], b: [3] },
      outputs: { sum: [1], taps: 'features' },
      model: () => {
        const a = input({ shape: [2] });
        const b = input({ shape: [3] });
        const joined = layers.concatenate().apply([a, b]) as SymbolicTensor;
        return model({ inputs: [a, b], outputs: [layers.dense({ units: 1 }).apply(joined) as SymbolicTensor, joined] });
      },
    });
    tidy(() => {
      const inputs = { b: random(1).normal([2, 3]), a: random(2).normal([2, 2]) };
      const { outputs } = ours.apply(ours.init(random(1)), inputs, { training: true, random: random(1) });
      expect(outputs.sum.shape).toEqual([2, 1]);
      expect(outputs.taps.shape).toEqual([2, 5]);
      expect(() => ours.apply(ours.init(random(1)), { a: inputs.a }, { training: true, random: random(1) })).toThrow(
        "the network takes 'b', but is given a",
      );
    });
  });
});

describe('a model that differs from its contract is refused', () => {
  const dense =
    (options: object = {}) =>
    () =>
      sequential({ layers: [layers.dense({ units: 2, inputShape: [3], ...options })] });
  it('by shape', () =>
    expect(() =>
      layersNetwork({ inputs: { x: [4] }, outputs: { y: 'linear' }, model: dense() }).init(random(1)),
    ).toThrow("'x' is 4 in the contract, but 3 in the model"));
  it('by count', () =>
    expect(() =>
      layersNetwork({ inputs: { x: [3] }, outputs: { y: 'linear', z: 'logits' }, model: dense() }).init(random(1)),
    ).toThrow('the contract has 2 outputs (y, z), but the model 1'));
  it('by regularizers', () =>
    expect(() =>
      layersNetwork({
        inputs: { x: [3] },
        outputs: { y: 'linear' },
        model: dense({ kernelRegularizer: regularizers.l2() }),
      }).init(random(1)),
    ).toThrow('write them as a term'));
  it('by stateful layers', () =>
    expect(() =>
      layersNetwork({
        inputs: { x: [4, 3] },
        outputs: { y: 'linear' },
        model: () =>
          sequential({
            layers: [
              layers.simpleRNN({
                units: 2,
                batchInputShape: [5, 4, 3],
                stateful: true,
                recurrentInitializer: 'glorotUniform',
              }),
            ],
          }),
      }).init(random(1)),
    ).toThrow('stateful recurrent layers'));
});

it('calls a weight by the name that its layer was given, or by its position, however often it was made', () => {
  const named = () =>
    layersNetwork({
      inputs: { x: [2] },
      outputs: { y: [3] },
      model: () =>
        sequential({
          layers: [
            layers.dense({ units: 3, inputShape: [2], name: 'points' }),
            layers.dense({ units: 3, useBias: false }),
          ],
        }),
    });
  tidy(() => {
    const ours = named();
    const [first, second] = [ours.init(random(1)), ours.init(random(2))];
    expect(Object.keys(second.parameters)).toEqual(['points/kernel', 'points/bias', '2/kernel']);
    const mode = { training: false, random: random(1) };
    const x = random(3).normal([4, 2]);
    expect(named().apply(first, { x }, mode).outputs.y.dataSync()).toEqual(
      ours.apply(first, { x }, mode).outputs.y.dataSync(),
    );
  });
});
