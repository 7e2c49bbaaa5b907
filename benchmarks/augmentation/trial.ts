import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { adam, type Dataset, evaluate, gan, random, sample, type TrainedNetwork, train } from '@gan/core';
import { inMemory, openMoji } from '@gan/data';
import { nonSaturating } from '@gan/losses';
import { frechetDistance, pooledPixels } from '@gan/metrics';
import { mean, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { variants } from './variants.js';

/** One run: a DCGAN on so many emoji, its judge in one of the wrappings. */
export interface Trial {
  readonly pictures: number;
  readonly variant: string;
  readonly seed: number;
  readonly steps: number;
}

/** What came of it. */
export interface Outcome extends Trial {
  /** The judge's mean score, a logit, in inference: of the pictures it learned from, of held-out ones, and of fakes. */
  readonly scores: { readonly training: number; readonly heldOut: number; readonly fake: number };
  /**
   * (training - held-out) / (training - fake): 0 for a judge that tells pictures it knows from new ones as little as can
   * be, 1 for one that holds new ones for fakes.
   */
  readonly overfitting: number;
  /** Where a controller's probability has come to. */
  readonly probability: number | null;
  /** Fréchet distance of as many fakes to all emoji that the pictures were drawn from, on 8 x 8 pixels; of the average weights. */
  readonly frechet: number;
}

const groups = ['smileys-emotion', 'animals-nature', 'food-drink'] as const;
/** How many emoji of these groups there are to train on at least; beyond, those of all groups, less the skin tones. */
const few = 400;
const shape = [32, 32, 3] as const;
type Ports = { readonly sample: typeof shape };

/** Emoji without their classes: so many, drawn by a seed, or all that those are drawn from, or all held out. */
async function emoji(split: 'train' | 'held-out', count: number, drawn?: { readonly seed: number }) {
  const drawings = { size: 32, split } as const;
  const { pixels, size } = await (count <= few
    ? openMoji({ ...drawings, groups })
    : openMoji({ ...drawings, skinTones: false }));
  const length = pixels.length / size;
  if (drawn && count > size) throw new TypeError(`there are ${size} emoji to train on, but ${count} were asked for`);
  const rows = drawn
    ? [...random(drawn.seed).stream('pictures').permutation(size)].slice(0, count)
    : [...Array(size).keys()];
  const chosen = new Uint8Array(rows.length * length);
  for (const [at, row] of rows.entries()) chosen.set(pixels.subarray(row * length, (row + 1) * length), at * length);
  return inMemory({ ports: { sample: shape }, arrays: { sample: chosen } });
}

/** The mean score of pictures. */
const scored = ({ network, weights }: TrainedNetwork, pictures: Tensor): number =>
  tidy(() => {
    const { outputs } = network.apply(weights, { sample: pictures }, { training: false, random: random(0) });
    return mean(outputs['score'] as Tensor).dataSync()[0]!;
  });

/** The mean score of the first pictures of a data set, at most 400. */
async function scoredOf(judge: TrainedNetwork, data: Dataset<Ports>): Promise<number> {
  const batch = await data.batch({ index: 0, size: Math.min(400, data.size), random: random(0) });
  const score = scored(judge, batch.sample);
  batch.sample.dispose();
  return score;
}

/** Trains once, and looks at what the judge makes of pictures that it has never seen. */
export async function played({ pictures, variant, seed, steps }: Trial): Promise<Outcome> {
  const wrapped = variants[variant];
  if (!wrapped) throw new TypeError(`there is no variant '${variant}'; there are ${Object.keys(variants).join(', ')}`);
  const data = await emoji('train', pictures, { seed });
  const model = gan({
    generator: dcganGenerator({ sample: shape, latents: 64, filters: 16 }),
    discriminator: wrapped(dcganDiscriminator({ sample: shape, filters: 16 })),
    objective: [nonSaturating()],
    optimizer: adam({ learningRate: 5e-4, beta1: 0.5 }),
    averaged: 0.998,
  });
  const training = train(model, { data, batchSize: 16, seed });
  for await (const _ of training) if (training.steps >= steps) break;
  const judge = training.network('discriminator') as unknown as TrainedNetwork;
  const generator = training.network('generator');
  const fakes = await sample(training.network('generator', { weights: 'raw' }), { count: 400, seed: seed + 1 });
  const [known, held] = [await scoredOf(judge, data), await scoredOf(judge, await emoji('held-out', pictures))];
  const fake = scored(judge, fakes);
  const all = await emoji('train', pictures);
  const metric = frechetDistance({ extractor: pooledPixels({ sample: shape }), samples: all.size });
  const distances = await evaluate(generator, { data: all, metrics: [metric], seed: seed + 2 });
  const probability = Object.entries(judge.weights.state).find(([name]) => name.endsWith('/probability'))?.[1];
  const outcome = {
    ...{ pictures, variant, seed, steps },
    scores: { training: known, heldOut: held, fake },
    overfitting: (known - held) / (known - fake),
    probability: probability ? probability.dataSync()[0]! : null,
    frechet: distances[metric.name]!,
  };
  fakes.dispose();
  training.dispose();
  return outcome;
}
