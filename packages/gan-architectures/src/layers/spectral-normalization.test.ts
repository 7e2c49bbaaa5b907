import { layersNetwork, random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { io, mul, norm, reshape, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { stack } from '../judge-layers.fixture.js';
import { inScopes, withWeights } from '../network.fixture.js';
import { registerLayers } from './register-layers.js';
import { spectralNormalization } from './spectral-normalization.js';

const dense = (iterations = 1) =>
  stack([3], () => [spectralNormalization({ layer: layers.dense({ units: 3, useBias: false }), iterations })]);
const read = (of: Tensor) => Array.from(of.dataSync());

describe('spectralNormalization', () => {
  inScopes();

  it('gives a kernel whose largest singular value is 1, after enough iterations', () => {
    const network = dense(50);
    withWeights(network, ({ state }) => {
      // diag(5, 2, -1): singular values 5, 2 and 1.
      const parameters = { '0/kernel': tensor([5, 0, 0, 0, 2, 0, 0, 0, -1], [3, 3]) };
      const sample = tensor([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3]);
      const { outputs } = network.apply({ parameters, state }, { sample }, { training: true, random: random(1) });
      for (const [i, wanted] of [1, 0, 0, 0, 0.4, 0, 0, 0, -0.2].entries())
        expect(read(outputs['features']!)[i]).toBeCloseTo(wanted, 5);
    });
  });

  it('does not depend on the size of the kernel', () => {
    const network = dense();
    withWeights(network, ({ state }) => {
      const of = (scale: number) => {
        const parameters = {
          '0/kernel': tensor(
            [5, 1, 0, 2, 2, 0, 0, 3, -1].map((w) => w * scale),
            [3, 3],
          ),
        };
        const sample = tensor([1, 2, 3], [1, 3]);
        return network.apply({ parameters, state }, { sample }, { training: true, random: random(1) }).outputs[
          'features'
        ]!;
      };
      const [one, eight] = [of(1), of(8)].map(read);
      for (const [i, value] of one!.entries()) expect(eight![i]).toBeCloseTo(value, 5);
    });
  });

  it('moves its vectors in training, and only there', () => {
    const network = dense();
    withWeights(network, ({ state }) => {
      const weights = { parameters: { '0/kernel': tensor([5, 1, 0, 2, 2, 0, 0, 3, -1], [3, 3]) }, state };
      const stateAfter = (training: boolean) =>
        network.apply(weights, { sample: tensor([1, 2, 3], [1, 3]) }, { training, random: random(1) }).state;
      expect(Object.keys(state)).toEqual(['1/u', '2/v']);
      expect(stateAfter(false)['1/u']).toBe(state['1/u']);
      const moved = stateAfter(true);
      for (const name of Object.keys(state)) expect(read(moved[name]!)).not.toEqual(read(state[name]!));
      for (const vector of Object.values(moved)) expect(read(norm(vector))[0]).toBeCloseTo(1, 5);
    });
  });

  it('multiplies by the singular value that the kernel started with, if improved, so that it starts as it is', () => {
    const improved = stack([3], () => [
      spectralNormalization({ layer: layers.dense({ units: 3, name: 'dense' }), iterations: 50, improved: true }),
    ]);
    withWeights(improved, ({ parameters, state }) => {
      const eye = { sample: tensor([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3]) };
      const of = (factor: number) => {
        const kernel = mul(parameters['dense/kernel']!, factor);
        const weights = { parameters: { ...parameters, 'dense/kernel': kernel }, state };
        return read(improved.apply(weights, eye, { training: true, random: random(1) }).outputs['features']!);
      };
      const kernel = read(parameters['dense/kernel']!);
      // 15 iterations have found the first value to some digits; 50 find it anew, whatever the kernel was multiplied by.
      for (const factor of [1, 8])
        for (const [i, value] of of(factor).entries()) expect(Math.abs(value - kernel[i]!)).toBeLessThan(0.02);
    });
  });

  it('goes by the name of its layer', () => {
    const named = stack([3], () => [spectralNormalization({ layer: layers.dense({ units: 2, name: 'score' }) })]);
    withWeights(named, ({ parameters, state }) => {
      expect(Object.keys({ ...parameters, ...state })).toEqual(['score/kernel', 'score/bias', 'score/u', 'score/v']);
    });
  });

  it('is near the mark from the start: a fresh kernel has been iterated on', () => {
    const network = dense();
    withWeights(network, (weights) => {
      const sample = tensor([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3]);
      const { outputs } = network.apply(weights, { sample }, { training: false, random: random(1) });
      // The largest singular value is at least the norm of a row over sqrt(3), and at most that of all.
      expect(read(norm(outputs['features']!))[0]).toBeGreaterThan(0.99);
      expect(read(norm(outputs['features']!))[0]).toBeLessThan(Math.sqrt(3) + 0.05);
    });
  });

  it('goes into a model of TensorFlow.js and comes back from its description, weights and all', async () => {
    const model = sequential({
      layers: [
        spectralNormalization({
          layer: layers.conv2d({ filters: 2, kernelSize: 2, inputShape: [3, 3, 1], activation: 'tanh' }),
          iterations: 2,
          name: 'bounded',
        }),
      ],
    });
    let kept: io.ModelArtifacts | undefined;
    const handler = io.withSaveHandler(async (artifacts) => {
      kept = artifacts;
      return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
    });
    await model.save(handler);
    registerLayers();
    const again = await loadLayersModel(io.fromMemory(kept!));
    expect(again.getConfig()).toEqual(model.getConfig());
    const sample = reshape(tensor([1, 2, 3, 4, 5, 6, 7, 8, 9]), [1, 3, 3, 1]);
    const both = [model, again].map((of) => read(of.predict(sample) as Tensor));
    expect(both[0]).toEqual(both[1]);
    for (const of of [model, again]) of.dispose();
  });

  it('refuses layers that it knows no kernel of', () => {
    expect(() => spectralNormalization({ layer: layers.reLU() })).toThrow(
      new TypeError(
        'layer must be one of Dense, Conv1D, Conv2D, Conv3D, Conv2DTranspose, Conv3DTranspose, Embedding, but is ReLU',
      ),
    );
    // @ts-expect-error no layer
    expect(() => spectralNormalization({ layer: 'dense' })).toThrow("but is 'dense'");
    expect(() => spectralNormalization({ layer: layers.dense({ units: 1 }), iterations: 0 })).toThrow(
      new TypeError('iterations must be a whole number of at least 1, but is 0'),
    );
    // @ts-expect-error no such option
    expect(() => spectralNormalization({ layer: layers.dense({ units: 1 }), powers: 2 })).toThrow(
      "spectralNormalization has no option 'powers'",
    );
  });
});

describe('a spectrally normalised', () => {
  inScopes();
  it.each([
    ['dense layer', [3], () => layers.dense({ units: 2 })],
    ['convolution over a line', [5, 2], () => layers.conv1d({ filters: 2, kernelSize: 2 })],
    ['convolution', [4, 4, 2], () => layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same' })],
    ['convolution over a volume', [3, 3, 3, 1], () => layers.conv3d({ filters: 2, kernelSize: 2 })],
    ['transposed convolution', [4, 4, 2], () => layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2 })],
  ] as const)('%s keeps the contract of a network', async (_, shape, layer) => {
    await checkNetwork(stack(shape, () => [spectralNormalization({ layer: layer() })]));
  });

  it('embedding keeps it too', () =>
    checkNetwork(
      layersNetwork({
        inputs: { classes: 6 },
        outputs: { features: 'features' },
        model: () =>
          sequential({
            layers: [
              spectralNormalization({ layer: layers.embedding({ inputDim: 6, outputDim: 3, inputLength: 1 }) }),
              layers.flatten(),
            ],
          }),
      }),
    ));
});
