import { readFile } from 'node:fs/promises';
import { featureMaps, projectedDiscriminator } from '@gan/architectures';
import { decodeSafetensors, gradients, random, type Tensors } from '@gan/core';
import { digitClassifier } from '@gan/metrics';
import { mean, square, sub, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/projected.json' with { type: 'json' };
import { expectStored, pictures, type Stored, storedWeights, type Table } from './stored.fixture.js';

/** The judge of Projected GAN, with the weights of PyTorch's modules (tools/goldens/projected.py), and over a classifier of digits. */

/** Two convolutions, and a judge of what they give. */
function convolutions() {
  const halved = (filters: number, name: string) =>
    layers.conv2d({ filters, kernelSize: 2, strides: 2, activation: 'tanh', name, inputShape: [16, 16, 3] });
  const model = sequential({ layers: [halved(3, 'fine'), halved(4, 'coarse'), layers.flatten()] });
  const features = featureMaps<readonly [16, 16, 3], 'fine' | 'coarse'>(model, ['fine', 'coarse']);
  return { model, judge: projectedDiscriminator({ features, channels: 2, filters: 16 }) };
}
const mode = { training: true, random: random(2) };

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`the judge of Projected GAN on ${title}`, () => {
    inScopesOn(options);
    const within = Math.max(tolerance, title.endsWith('float64') ? 1e-6 : 1e-4);
    const expectClose = (found: Tensor, wanted: Stored) => expectStored(found, wanted, within, golden.stride);

    it('gives the scores, slopes in the pictures and slopes of a penalty on those of PyTorch', () => {
      const { model, judge } = convolutions();
      const weights = storedWeights(judge, golden as unknown as { parameters: Table; state: Table });
      const sample = pictures([2, 16, 16, 3]);
      const score = () => judge.apply(weights, { sample }, mode).outputs.score;
      expectClose(score(), golden.score);
      const slope = () => gradients(() => mean(score()), [sample]).gradients[0]!;
      expectClose(slope(), golden.slope);
      const kernel = weights.parameters['map1.halved1/kernel']!;
      const { value, gradients: slopes } = gradients(() => sum(square(slope())), [kernel]);
      expect(Math.abs(value.dataSync()[0]! / golden.penalty - 1)).toBeLessThan(within);
      expectClose(slopes[0]!, golden.penaltySlope);
      model.dispose();
    });
  });

/** The shipped classifier of digits as a model of TensorFlow.js, as far as its features. */
async function digits() {
  const file = new URL('../packages/gan-metrics/weights/digit-classifier.safetensors', import.meta.url);
  const { tensors } = decodeSafetensors(await readFile(file), 'digit-classifier');
  const halved = (filters: number, kernelSize: number, name: string) => [
    layers.conv2d({ filters, kernelSize, strides: 2, padding: 'same', name, inputShape: [28, 28, 1] }),
    layers.leakyReLU({ alpha: 0.1, name: `${name}.map` }),
  ];
  const model = sequential({
    layers: [
      ...halved(16, 5, 'convolution-1'),
      ...halved(32, 5, 'convolution-2'),
      ...halved(64, 3, 'convolution-3'),
      layers.flatten(),
      layers.dense({ units: 64, name: 'dense-1' }),
      layers.leakyReLU({ alpha: 0.1 }),
    ],
  });
  for (const name of ['convolution-1', 'convolution-2', 'convolution-3', 'dense-1']) {
    const read = ['kernel', 'bias'].map((kind) => tensors[`${name}/${kind}`]!);
    model.getLayer(name).setWeights(read.map(({ values, shape }) => tensor(values as Float32Array, [...shape])));
  }
  return model;
}

describe('a judge that looks through the classifier of digits', () => {
  inScopesOn({ use: 'cpu' });

  it('sees what the classifier sees, learns by its small judges alone, and keeps the rest', async () => {
    const model = await digits();
    const classifier = await digitClassifier();
    const sample = random(3).uniform([4, 28, 28, 1]);
    const apart = sub(model.predict(sample) as Tensor, classifier.extract(sample));
    expect(Math.max(...Array.from(apart.dataSync(), Math.abs))).toBeLessThan(1e-4);

    const features = featureMaps<readonly [28, 28, 1], string>(model, ['convolution-1.map', 'convolution-2.map']);
    expect(features.inputs.sample).toEqual([28, 28, 1]);
    const judge = projectedDiscriminator({ features, channels: 4, filters: 16 });
    const weights = judge.init(random(1));
    const { parameters, state } = weights;
    expect(Object.keys(parameters).every((name) => /^map[12]\.(halved\d|score)/.test(name))).toBe(true);
    const of = (inference: Tensors) =>
      judge.apply({ parameters, state: inference }, { sample }, { ...mode, training: true });
    const { outputs, state: after } = of(state);
    // 28 x 28 halved twice, and 14 x 14 halved once: 7 x 7, of which 4 x 4 places are seen at a time.
    expect(outputs.score.shape).toEqual([4, 2 * 16, 1]);
    for (const [name, one] of Object.entries(state))
      if (/^features\/|\.channels|\.scales/.test(name)) expect([name, after[name] === one]).toEqual([name, true]);
    const kernel = 'features/convolution-1/kernel';
    expect(Array.from(state[kernel]!.dataSync())).toEqual(
      Array.from(model.getLayer('convolution-1').getWeights()[0]!.dataSync()),
    );
    // What it sees reaches the picture, through the classifier.
    const [slope] = gradients(() => sum(of(state).outputs.score), [sample]).gradients;
    expect(sum(square(slope!)).dataSync()[0]).toBeGreaterThan(0);
    for (const one of [...Object.values(parameters), ...Object.values(state)]) one.dispose();
    model.dispose();
    classifier.dispose();
  });
});
