import '@tensorflow/tfjs-backend-cpu';
import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import { adam, type Dataset, gan, gradients, type Round, train, weighted } from '@gan/core';
import { engine } from '@gan/engine';
import { hinge, perceptual, totalVariation } from '@gan/losses';
import { digitClassifier } from '@gan/metrics';
import { engine as core, memory, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { scoreCase, scoreCases, scoreGoldens } from '../packages/gan-losses/src/label-smoothing-and-top-k.fixture.js';
import { pixelCase, pixelGoldens, pixelTerms } from '../packages/gan-losses/src/pixels.fixture.js';
import { engines, expectClose, inScopesOn, numbers } from './engines.fixture.js';

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`pixel and perceptual terms on ${title}${there ? '' : ' (needs libtorch)'}`, () => {
    inScopesOn(options);

    it.each(pixelTerms)('%s: value and gradient are those of independent code', (name) => {
      const { of, at } = pixelCase(name);
      const { value, gradients: slopes } = gradients(() => of(at), [at]);
      const wanted = pixelGoldens[name]!;
      expectClose(numbers(value), [wanted.value], tolerance);
      expectClose(numbers(slopes[0]!), wanted.gradient, tolerance);
    });

    it.each(scoreCases)("%s, smoothed or top-k: value and gradients are those of PyTorch's own losses", (name) => {
      const { of, at } = scoreCase(name);
      const { value, gradients: slopes } = gradients(() => of(...at), at);
      const wanted = scoreGoldens[name];
      expectClose(numbers(value), [wanted.value], tolerance);
      for (const [i, slope] of [wanted.real, wanted.fake].entries())
        expectClose(slopes[i] ? numbers(slopes[i]) : slope.map(() => 0), slope, tolerance);
    });
  });

describe('perceptual, by the features of a digit classifier', () => {
  it('pulls a picture towards another, and not towards itself', async () => {
    await engine({ use: 'cpu' });
    const before = memory().numTensors;
    const features = await digitClassifier();
    core().startScope();
    const { generator } = perceptual({ features });
    const picture = (k: number) =>
      tensor(
        Array.from({ length: 784 }, (_, i) => Math.sin(0.37 * i + k)),
        [1, 28, 28, 1],
        'float32',
      );
    const [left, right] = [picture(0), picture(1)];
    const at = (other: Tensor) =>
      gradients(
        () => generator!({ samples: { left, right: other } } as unknown as Round<{}, 'left' | 'right'>),
        [left],
      );
    const [apart, same] = [at(right), at(picture(0))];
    expect(numbers(apart.value)[0]).toBeGreaterThan(0);
    expect(numbers(apart.gradients[0]!).some((slope) => slope !== 0)).toBe(true);
    expect(numbers(same.value)[0]).toBe(0);
    core().endScope();
    features.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('totalVariation', () => {
  it('takes its place in gan() as it is', async () => {
    await engine({ use: 'cpu' });
    const data: Dataset<{ readonly sample: readonly [8, 8, 1] }> = {
      ports: { sample: [8, 8, 1] },
      size: Number.POSITIVE_INFINITY,
      batch: async ({ size, random }) => ({ sample: random.normal([size, 8, 8, 1]) }),
    };
    const training = train(
      gan({
        generator: mlpGenerator({ sample: [8, 8, 1], latents: 4, units: 8 }),
        discriminator: mlpDiscriminator({ sample: [8, 8, 1], units: 8 }),
        objective: [hinge(), weighted(100, totalVariation())],
        optimizer: adam({ learningRate: 1e-2 }),
      }),
      { data, batchSize: 8, seed: 1 },
    );
    const variation: number[] = [];
    for await (const step of training) {
      variation.push((await step.losses())['generator/total-variation']!);
      if (training.steps === 30) break;
    }
    training.dispose();
    expect(variation.at(-1)!).toBeLessThan(0.5 * variation[0]!);
  });
});
