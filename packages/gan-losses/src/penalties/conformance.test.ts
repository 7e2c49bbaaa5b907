import { layersNetwork } from '@gan/core';
import { checkTerm } from '@gan/core/testing';
import { add, mul } from '@tensorflow/tfjs-core';
import { initializers, input, layers, model, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, it } from 'vitest';
import {
  type Augment,
  consistency,
  cutMix,
  diversitySensitive,
  dragan,
  drift,
  featureMatching,
  flipAndTranslate,
  gradientPenalty,
  historicalAveraging,
  latentConsistency,
  leCam,
  lipschitzPenalty,
  modeSeeking,
  nonSaturating,
  orthogonal,
  pathLength,
  r1,
  r2,
  weightClipping,
  zeroCenteredPenalty,
} from '../index.js';
import { onCpu } from '../round.fixture.js';

/** For points and pictures alike. */
const jittered: Augment = (samples, random) => add(samples, mul(random.normal(samples.shape), 0.1));

const terms = [
  weightClipping({ bound: 0.1 }),
  r1({ gamma: 1 }),
  r2({ gamma: 1 }),
  gradientPenalty({ weight: 10 }),
  zeroCenteredPenalty({ weight: 10 }),
  lipschitzPenalty({ weight: 10 }),
  dragan({ weight: 10 }),
  pathLength({ weight: 2 }),
  leCam({ weight: 1 }),
  drift({ weight: 1 }),
  consistency({ real: 10, augment: jittered }),
  consistency({ real: 10, fake: 10, augment: jittered }),
  latentConsistency({ discriminator: 5, generator: 0.5, noise: 0.03 }),
  orthogonal({ weight: 1, side: 'discriminator' }),
  orthogonal({ weight: 1, side: 'generator', unit: true }),
  featureMatching(),
  modeSeeking({ weight: 1 }),
  diversitySensitive({ weight: 1, bound: 10 }),
];

describe('in a game of their own, on points and on pictures', () => {
  beforeAll(onCpu);
  it.each(terms.map((term) => [term.name, term] as const))('%s keeps the contract of a term', async (_, term) => {
    await checkTerm(term);
    await checkTerm(term, { shape: [4, 4, 1] });
  });

  it.each(['discriminator', 'generator'] as const)(
    'historical-averaging of the %s keeps it beside a term that moves parameters',
    (side) => checkTerm(historicalAveraging({ weight: 1, side }), { beside: [nonSaturating()] }),
  );

  it('gradient-penalty, one-sided, keeps it for a judge steeper than 1', () => {
    const kernelInitializer = initializers.randomNormal({ stddev: 3 });
    const judge = layersNetwork({
      inputs: { sample: [2] },
      outputs: { score: 'linear' },
      model: () =>
        sequential({
          layers: [
            layers.dense({ units: 8, activation: 'softplus', inputShape: [2], kernelInitializer }),
            layers.dense({ units: 1, kernelInitializer }),
          ],
        }),
    });
    return checkTerm(gradientPenalty({ weight: 10, oneSided: true }), { judge });
  });

  it('cut-mix keeps it for a judge of pictures and pixels', () => {
    const judge = layersNetwork({
      inputs: { sample: [4, 4, 1] },
      outputs: { score: 'linear', pixels: 'linear' },
      model: () => {
        const picture = input({ shape: [4, 4, 1] });
        const map = layers
          .conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'softplus' })
          .apply(picture);
        const through = (...links: readonly layers.Layer[]) =>
          links.reduce((x, link) => link.apply(x) as SymbolicTensor, map as SymbolicTensor);
        const score = through(layers.flatten(), layers.dense({ units: 1 }));
        return model({ inputs: picture, outputs: [score, through(layers.conv2d({ filters: 1, kernelSize: 1 }))] });
      },
    });
    return checkTerm(cutMix(), { judge, shape: [4, 4, 1] });
  });

  it('consistency keeps it under flips and shifts', () =>
    checkTerm(consistency({ real: 10, fake: 10, augment: flipAndTranslate({ pixels: 2 }) }), { shape: [4, 4, 1] }));
});
