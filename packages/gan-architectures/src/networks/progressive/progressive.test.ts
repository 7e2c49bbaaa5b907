import { adam, type Dataset, defineTerm, gan, random, type Tensors, train, type Weights } from '@gan/core';
import { avgPool, mean, neg, reshape, sub, type Tensor, type Tensor4D, tile } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { inScopes } from '../../network.fixture.js';
import { progressiveDiscriminator } from './progressive-discriminator.js';
import { progressiveGenerator } from './progressive-generator.js';

const size = { filters: 2, widest: 4, growsTo: 8 } as const;
const critic = defineTerm({
  name: 'critic',
  reads: { score: 'linear' },
  discriminator: ({ real, fake }) => sub(mean(fake.score), mean(real.score)),
  generator: ({ fake }) => neg(mean(fake.score)),
});
/** The game of a stage, on noise. */
function stage(side: number, fade: number) {
  const sample = [side, side, 1] as const;
  const data: Dataset<{ readonly sample: typeof sample }> = {
    ports: { sample },
    size: Number.POSITIVE_INFINITY,
    batch: async ({ size: count, random: source }) => ({ sample: source.normal([count, ...sample]) }),
  };
  const model = gan({
    generator: progressiveGenerator({ sample, latents: 3, ...size, fade }),
    discriminator: progressiveDiscriminator({ sample, ...size, fade }),
    objective: [critic],
    optimizer: adam({ learningRate: 1e-2, beta1: 0 }),
    averaged: 0.9,
  });
  return { data, model };
}
async function played(training: ReturnType<typeof train>, until: number): Promise<void> {
  for await (const _ of training) if (training.steps >= until) break;
}
const values = (of: Tensor): number[] => Array.from(of.dataSync());
const doubled = (picture: Tensor): Tensor => {
  const [count = 1, height = 1, width = 1] = picture.shape;
  const apart = reshape(picture, [count, height, 1, width, 1]);
  return reshape(tile(apart, [1, 1, 2, 1, 2]), [count, 2 * height, 2 * width, 1]);
};

describe('progressive growing', () => {
  inScopes();

  it('starts a stage from that before, takes all of it, and goes on with its pictures and scores', async () => {
    const first = stage(4, 0);
    const before = train(first.model, { data: first.data, batchSize: 2, seed: 1 });
    await played(before, 1);
    const next = stage(8, 4);
    const training = train(next.model, { data: next.data, batchSize: 2, seed: 2, from: await before.checkpoint() });

    const { unused, misshapen, missing } = training.origin;
    expect([unused, misshapen]).toEqual([[], []]);
    expect(missing.filter((place) => !place.includes('/map8.'))).toEqual([]);

    const latents = random(3).normal([2, 3]);
    const picture = (of: typeof training | typeof before, weights: 'averaged' | 'raw') => {
      const { network, weights: own } = of.network('generator', { weights }) as unknown as {
        readonly network: typeof next.model.networks.generator;
        readonly weights: Weights;
      };
      return network.apply(own, { latents }, { training: false, random: random(4) }).outputs.sample;
    };
    for (const weights of ['averaged', 'raw'] as const)
      expect(values(picture(training, weights))).toEqual(values(doubled(picture(before, weights))));

    const score = (of: { readonly network: unknown; readonly weights: Weights }, sample: Tensor) => {
      const { apply } = of.network as ReturnType<typeof progressiveDiscriminator>;
      const { outputs } = apply(of.weights, { sample }, { training: false, random: random(4) });
      return values((outputs as Tensors)['score']!);
    };
    const seen = random(5).normal([2, 8, 8, 1]) as Tensor4D;
    expect(score(training.network('discriminator'), seen)).toEqual(
      score(before.network('discriminator'), avgPool(seen, 2, 2, 'valid')),
    );

    await played(training, 3);
    // Steps 0, 1 and 2 are done, of 4 that the stage fades in: averages hold the step too, not an average of it.
    for (const weights of ['averaged', 'raw'] as const) {
      const { state } = training.network('generator', { weights }).weights;
      expect(values(state['map8.fade/step']!)).toEqual([2]);
    }
    before.dispose();
    training.dispose();
  });

  it('fades in evenly, and not beyond', () => {
    const network = progressiveGenerator({ sample: [8, 8, 1], latents: 3, ...size, fade: 4 });
    const weights = network.init(random(1));
    const latents = random(2).normal([2, 3]);
    const at = (step: number) =>
      values(network.apply(weights, { latents }, { training: true, random: random(3), step }).outputs.sample);
    const [start, quarter, end, later] = [at(0), at(1), at(4), at(9)];
    for (const [i, value] of quarter!.entries()) expect(value).toBeCloseTo(0.75 * start![i]! + 0.25 * end![i]!, 5);
    expect(later).toEqual(end);
    expect(start).not.toEqual(end);
    for (const tensor of [...Object.values(weights.parameters), ...Object.values(weights.state)]) tensor.dispose();
  });

  it.each([
    [{ sample: [12, 12, 3] }, 'the side of a picture must be a power of two from 4 on, but is 12'],
    [{ filters: 0 }, 'filters must be a whole number of at least 1, but is 0'],
    [{ growsTo: 4 }, "growsTo must be a power of two from the picture's side, 8, on, but is 4"],
    [{ growsTo: 24 }, "growsTo must be a power of two from the picture's side, 8, on, but is 24"],
    [{ fade: -1 }, 'fade must be a whole number of at least 0, but is -1'],
    [{ sample: [4, 4, 3], fade: 2 }, 'fade must be 0 for a picture of 4 x 4, which no side comes before, but is 2'],
    [{ width: 2 }, /^progressive(Generator|Discriminator) has no option 'width'; it takes sample, /],
  ] as const)('refuses %j', (wrong, sentence) => {
    const options = { sample: [8, 8, 3], ...wrong } as Parameters<typeof progressiveDiscriminator>[0];
    const error = typeof sentence === 'string' ? new TypeError(sentence) : sentence;
    expect(() => progressiveGenerator({ ...options, latents: 2 })).toThrow(error);
    expect(() => progressiveDiscriminator(options)).toThrow(error);
  });
});
