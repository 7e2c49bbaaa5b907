import '@tensorflow/tfjs-backend-cpu';
import { matMul, memory, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { inSeries, trainedInSeries } from './in-series.js';
import { layersNetwork } from './layers-network.js';
import { random } from './streams.js';
import { checkNetwork } from './testing/index.js';

const dense = (wide: number, out: number) => () =>
  sequential({ layers: [layers.dense({ units: out, inputShape: [wide], useBias: false })] });
const mapping = layersNetwork({ inputs: { latents: [3] }, outputs: { styles: [4] }, model: dense(3, 4) });
const synthesis = layersNetwork({ inputs: { styles: [4] }, outputs: { sample: [2] }, model: dense(4, 2) });

describe('inSeries', () => {
  it('feeds the second network with what the first gives', () => {
    const whole = inSeries(mapping, synthesis);
    expect([whole.inputs, whole.outputs]).toEqual([{ latents: [3] }, { sample: [2] }]);
    expectTypeOf(whole.inputs.latents).toEqualTypeOf<readonly [3]>();
    tidy(() => {
      const weights = whole.init(random(1));
      expect(Object.keys(weights.parameters)).toEqual(['first/0/kernel', 'second/0/kernel']);
      const [a, b] = Object.values(weights.parameters) as [Tensor, Tensor];
      const latents = random(2).normal([5, 3]);
      const { outputs } = whole.apply(weights, { latents }, { training: false, random: random(3) });
      // Both are products with a matrix.
      const wanted = matMul(matMul(latents as Tensor2D, a as Tensor2D), b as Tensor2D).dataSync();
      for (const [i, value] of outputs.sample.dataSync().entries()) expect(value).toBeCloseTo(wanted[i]!, 5);
    });
  });

  it('keeps the contract of a network', () => checkNetwork(inSeries(mapping, synthesis)));

  it('refuses networks of which one feeds nothing of the other, or something else', () => {
    expect(() => inSeries(mapping, mapping)).toThrow(
      new TypeError('the first network feeds nothing: it gives styles, but the second takes latents'),
    );
    const wider = layersNetwork({ inputs: { styles: [6] }, outputs: { sample: [2] }, model: dense(6, 2) });
    expect(() => inSeries(mapping, wider)).toThrow(
      new TypeError("'styles' is 4 of the first network, but the second takes 6"),
    );
  });
});

describe('trainedInSeries', () => {
  it('has the weights of both as they are, and what the first was drawn from', () => {
    const before = memory().numTensors;
    const [one, two] = [mapping.init(random(1)), synthesis.init(random(2))];
    const trained = trainedInSeries(
      { network: mapping, weights: one, drawn: { latents: { normal: [3] } } },
      { network: synthesis, weights: two, drawn: {} },
    );
    expect(trained.drawn).toEqual({ latents: { normal: [3] } });
    expect(Object.values(trained.weights.parameters)).toEqual([
      ...Object.values(one.parameters),
      ...Object.values(two.parameters),
    ]);
    for (const tensor of Object.values(trained.weights.parameters)) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
