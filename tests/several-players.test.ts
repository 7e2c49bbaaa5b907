import '@tensorflow/tfjs-backend-cpu';
import {
  atScale,
  jury,
  mlpDiscriminator,
  mlpGenerator,
  patchDiscriminator,
  severalGenerators,
  withHeads,
} from '@gan/architectures';
import {
  adam,
  type Dataset,
  type Game,
  game,
  gan,
  on,
  type Random,
  reading,
  type Training,
  train,
  weighted,
} from '@gan/core';
import { ring } from '@gan/data';
import { engine } from '@gan/engine';
import { categoricalInformation, hinge, multiAgentDiverse, nonSaturating, ofJury, r1 } from '@gan/losses';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';

/** Games of several judges and of several generators. */

const data = ring();
const units = 16;
const optimizer = adam({ learningRate: 5e-3, beta1: 0.5 });
const generator = mlpGenerator({ sample: [2], units, latents: 4 });
const deep = mlpDiscriminator({ sample: [2], units, layers: 3 });
const wide = mlpDiscriminator({ sample: [2], units: 32, layers: 1 });
const crowd = severalGenerators(mlpGenerator({ sample: [2], units, latents: 4 * 5 }), { latents: 4, category: 4 });
const judges = ['deep', 'wide'] as const;
const samples = { category: { categorical: 4 } } as const;

/** The first layer of each of two generators, and what they share. */
const [first, second] = [
  mlpGenerator({ sample: [8], units, latents: 4 }),
  mlpGenerator({ sample: [8], units, latents: 4 }),
];
const trunk = mlpGenerator({ sample: [2], units, latents: 8 });

const games = {
  'GMAN, by a jury whose strictest is heeded most': () =>
    gan({
      generator,
      discriminator: jury({ deep, wide }),
      objective: [ofJury({ judges, strictness: 1 }, nonSaturating()), ofJury({ judges }, r1({ gamma: 0.1 }))],
      optimizer,
    }),
  'GMAN, by the mean of a jury': () =>
    gan({
      generator,
      discriminator: jury({ deep, wide }),
      objective: [
        reading({ score: 'deep.score' }, weighted(0.5, hinge())),
        reading({ score: 'wide.score' }, weighted(0.5, hinge())),
      ],
      optimizer,
    }),
  'GMAN, by judges that are networks of the game': () =>
    game({
      networks: { generator, deep, wide },
      samples: { sample: { data: [2] }, latents: { normal: [4] }, fake: { by: 'generator' } },
      objective: [
        on({ real: 'sample', fake: 'fake', judge: 'deep' }, weighted(0.5, hinge())),
        on({ real: 'sample', fake: 'fake', judge: 'wide' }, weighted(0.5, hinge())),
      ],
      players: { judges: { trains: judges, optimizer }, generator: { trains: ['generator'], optimizer } },
    }),
  'MAD-GAN': () =>
    gan({
      generator: crowd,
      discriminator: withHeads(deep, { heads: { category: 5 }, alone: true }),
      objective: [multiAgentDiverse()],
      samples,
      optimizer,
    }),
  MGAN: () =>
    gan({
      generator: crowd,
      discriminator: withHeads(deep, { heads: { category: 4 } }),
      objective: [nonSaturating(), weighted(0.5, categoricalInformation())],
      samples,
      optimizer,
    }),
  'MGAN, by generators that are networks of the game': () =>
    game({
      networks: { first, second, trunk, deep },
      samples: {
        sample: { data: [2] },
        latents: { normal: [4] },
        one: { by: 'first' },
        two: { by: 'second' },
        fakeOne: { by: 'trunk', from: { latents: 'one' } },
        fakeTwo: { by: 'trunk', from: { latents: 'two' } },
      },
      objective: [
        on({ real: 'sample', fake: 'fakeOne', judge: 'deep' }, nonSaturating()),
        on({ real: 'sample', fake: 'fakeTwo', judge: 'deep' }, nonSaturating()),
      ],
      players: {
        judge: { trains: ['deep'], optimizer },
        generators: { trains: ['first', 'second', 'trunk'], optimizer },
      },
    }),
};

/** Noise, as pictures. */
const pictures: Dataset<{ readonly sample: readonly [12, 12, 1] }> = {
  ports: { sample: [12, 12, 1] },
  size: Number.POSITIVE_INFINITY,
  batch: async ({ size, random }: { readonly size: number; readonly random: Random }) => ({
    sample: random.stream('x').uniform([size, 12, 12, 1]),
  }),
};
const patches = { filters: 2, layers: 1, normalization: 'instance' } as const;

async function play(game: Game, from: Dataset, steps: number): Promise<readonly Readonly<Record<string, number>>[]> {
  const training = train(game as never, { data: from as never, batchSize: 16, seed: 1 }) as unknown as Training;
  const seen: Readonly<Record<string, number>>[] = [];
  for await (const step of training) {
    seen.push(await step.losses());
    if (training.steps === steps) break;
  }
  training.dispose();
  return seen;
}

describe('several judges and several generators', () => {
  beforeAll(() => engine({ use: 'cpu' }));

  it.each(Object.entries(games))('make a game of points: %s', async (_, made) => {
    const before = memory().numTensors;
    for (const losses of await play(made() as unknown as Game, data, 3))
      for (const [name, value] of Object.entries(losses)) expect(Number.isFinite(value), name).toBe(true);
    expect(memory().numTensors).toBe(before);
  });

  it('make a game of pictures at two scales, judged by patches', async () => {
    const { sample } = pictures.ports;
    const scales = gan({
      generator: mlpGenerator({ sample, latents: 4, units, output: 'tanh' }),
      discriminator: jury({
        fine: patchDiscriminator({ sample, ...patches }),
        coarse: atScale(patchDiscriminator({ sample: [6, 6, 1], ...patches }), { sample }),
      }),
      objective: [ofJury({ judges: ['fine', 'coarse'] }, hinge())],
      optimizer,
    });
    const [start] = await play(scales as unknown as Game, pictures, 1);
    // Scores start near 0: each judge loses some 2.
    expect(start!['discriminator/hinge-of-jury']!).toBeCloseTo(4, 0);
  });

  it('are refused where a judge is not heard', () => {
    const unheard = () =>
      gan({
        generator,
        // @ts-expect-error nobody reads what the other judge says
        discriminator: jury({ deep, wide }),
        objective: [reading({ score: 'deep.score' }, hinge())],
        optimizer,
      });
    expect(unheard).toThrow(new TypeError("networks.discriminator: no term reads the head 'wide.score'"));
  });

  it('have each generator find modes of its own, which the judge tells apart', async () => {
    const seen = await play(games.MGAN() as unknown as Game, data, 60);
    // It starts at log 4, and was 0.76 when this was written.
    expect(seen.at(-1)!['generator/categorical-information']!).toBeLessThan((2 / 3) * Math.log(4));
  });
});
