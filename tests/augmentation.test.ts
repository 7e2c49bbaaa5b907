import {
  type AdaTransform,
  type Augment,
  adaAugment,
  adaptiveAugmentation,
  adaptivePseudoAugmentation,
  augmented,
  dcganDiscriminator,
  dcganGenerator,
  diffAugment,
} from '@gan/architectures';
import { gan, gradients, type Network, random, sgd, train } from '@gan/core';
import { nonSaturating, r1 } from '@gan/losses';
import { mul, square, sub, sum, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, type GoldenEngine, inScopesOn, numbers } from './engines.fixture.js';
import golden from './golden/augmentation.json' with { type: 'json' };
import { listedDraws } from './listed-draws.fixture.js';
import { expectStored, pictures, type Stored } from './stored.fixture.js';

/** Augmentations with the draws of other implementations (tools/goldens/augmentation.py). */

/** A judge that says what it sees. */
const mirror = (sample: readonly number[]): Network => ({
  inputs: { sample },
  outputs: { seen: 'features' },
  init: () => ({ parameters: {}, state: {} }),
  apply: ({ state }, { sample: seen }) => ({ outputs: { seen: seen! } as never, state }),
});

const all: readonly GoldenEngine[] = [
  ...engines,
  { title: 'wasm', options: { use: 'wasm' }, tolerance: 1e-5, there: true },
];

interface Case {
  readonly pictures: readonly number[];
  readonly draws: Readonly<Record<string, readonly number[]>>;
  readonly result: Stored;
  readonly slope: Stored;
}

/** Compares what an augmentation makes of the pictures of a case, and the slope of its squares. */
function expectCase({ pictures: shape, draws, result, slope }: Case, augment: Augment, tolerance: number): void {
  const judge = augmented(mirror(shape.slice(1)), { augment: (of) => augment(of, listedDraws(draws)) });
  const sample = pictures(shape);
  const mode = { training: true, random: random(1) };
  const seen = () => judge.apply({ parameters: {}, state: {} }, { sample }, mode).outputs['seen']!;
  expectStored(seen(), result, tolerance);
  expectStored(gradients(() => sum(square(seen())), [sample]).gradients[0]!, slope, tolerance);
}

const diff = golden.diffAugment as unknown as Readonly<Record<keyof typeof golden.diffAugment, Case>>;
const none = { color: false, translation: 0, cutout: 0 };
const policies = {
  color: { ...none, color: true },
  translation: { ...none, translation: 1 / 8 },
  cutout: { ...none, cutout: 1 / 2 },
};
const ada = golden.ada as unknown as Readonly<Record<string, Case & { readonly transforms: readonly AdaTransform[] }>>;

for (const { title, options, tolerance, there } of all)
  describe.skipIf(!there)(`augmentations on ${title}`, () => {
    inScopesOn(options);

    it.each(Object.keys(policies) as (keyof typeof policies)[])(
      'DiffAugment, %s: the pictures of lightweight-gan, and their slopes',
      (name) => expectCase(diff[name], diffAugment(policies[name]), tolerance),
    );

    it.each(Object.keys(ada))('ADA, %s: the pictures of PyTorch, and their slopes', (name) => {
      const { transforms, ...wanted } = ada[name]!;
      // Places are numbers of pixels, whose last bits count.
      expectCase(wanted, adaAugment({ probability: 1, transforms }), title.endsWith('float64') ? 1e-6 : 1e-4);
    });

    it('have the slopes of slopes of a linear map', () => {
      // With T(x) = A x + b and f = sum T(x)^4: the slope of (slope of f) . u is A' 12 T(x)^2 (A u), and A u = T(u) - T(0).
      const transforms = ['blit', 'geometry', 'color', 'filter', 'noise', 'cutout'] as const;
      const augment = adaAugment({ probability: 0.8, transforms });
      const all = (of: Tensor) => diffAugment()(augment(of, random(3)), random(4));
      const shape = [3, 6, 6, 3];
      const [x, u] = [pictures(shape), random(5).normal(shape)];
      const slope = (of: () => Tensor) => gradients(of, [x]).gradients[0]!;
      const found = slope(() =>
        sum(
          mul(
            slope(() => sum(square(square(all(x))))),
            u,
          ),
        ),
      );
      const constant = mul(mul(square(all(x)), 12), sub(all(u), all(zeros(shape))));
      const wanted = slope(() => sum(mul(all(x), constant)));
      const scale = Math.max(...numbers(wanted).map(Math.abs));
      expect(scale).toBeGreaterThan(1);
      expect(Math.max(...numbers(sub(found, wanted)).map(Math.abs)) / scale).toBeLessThan(10 * tolerance);
    });
  });

const [slow, fast] = engines as readonly [GoldenEngine, GoldenEngine, GoldenEngine];

describe('a judge with a controller', () => {
  inScopesOn((fast.there ? fast : slow).options);

  it.each([
    ['adaptiveAugmentation', adaptiveAugmentation, 'augmentation'],
    ['adaptivePseudoAugmentation', adaptivePseudoAugmentation, 'pseudo'],
  ] as const)('%s takes its place in gan(), with a penalty on slopes', async (_, adaptive, prefix) => {
    const sample = [6, 6, 3] as const;
    const training = train(
      gan({
        generator: dcganGenerator({ sample, latents: 2, filters: 2 }),
        discriminator: adaptive(dcganDiscriminator({ sample, filters: 2 }), { target: -1, speed: 60, start: 0.1 }),
        objective: [nonSaturating(), r1({ gamma: 1 })],
        optimizer: sgd({ learningRate: 0.01 }),
      }),
      {
        data: {
          ports: { sample },
          size: 100,
          batch: async ({ size, random }) => ({ sample: random.uniform([size, ...sample]) }),
        },
        batchSize: 3,
        seed: 1,
      },
    );
    const probability = () => training.network('discriminator').weights.state[`${prefix}/probability`]!.dataSync()[0]!;
    const found: number[] = [];
    for await (const step of training) {
      for (const loss of Object.values(await step.losses())) expect(Number.isFinite(loss)).toBe(true);
      found.push(Number(probability().toFixed(6)));
      if (training.steps === 5) break;
    }
    training.dispose();
    // Four batches of three pictures, a fifth of 60; the judge says something else than "fake" of at least one of them.
    expect(found).toEqual([0.1, 0.1, 0.1, 0.3, 0.3]);
  });
});
