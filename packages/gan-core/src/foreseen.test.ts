import { add, mean, memory, mul, neg, setBackend, square, sub, sum, tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { constant, discriminator, generator, logistic, optimizer, play } from './games.fixture.js';
import {
  adam,
  type Dataset,
  defineTerm,
  type Game,
  game,
  gan,
  layersNetwork,
  type Optimizer,
  on,
  rmsProp,
  sgd,
  train,
} from './index.js';

beforeAll(async () => {
  await setBackend('cpu');
});

/** A score that is w times the sample. */
const judge = (w: number) =>
  layersNetwork({
    inputs: { sample: [1] },
    outputs: { score: 'linear' },
    model: () => {
      const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1], useBias: false })] });
      tidy(() => model.setWeights([tensor([[w]])]));
      return model;
    },
  });

/** The judge goes down w^2 / 2 - w x, the maker down w x. */
const quadratic = defineTerm({
  name: 'quadratic',
  reads: { score: 'linear' },
  samples: ['fake'],
  discriminator: ({ fake, parameters }) => sub(mul(sum(square(parameters['0/kernel']!)), 0.5), mean(fake.score)),
  generator: ({ fake }) => mean(fake.score),
});

const [w, x] = [0.75, -1.5];

/** Latents of 0, so that the sample stays x. */
const nothing: Dataset<{ readonly latents: readonly [1] }> = {
  ports: { latents: [1] },
  size: Number.POSITIVE_INFINITY,
  batch: async ({ size }) => ({ latents: zeros([size, 1]) }),
};

/** The numbers after one step in which the maker, who looks ahead, moves first. */
async function after(updates: number, optimizer: Optimizer): Promise<{ readonly w: number; readonly x: number }> {
  const played = game({
    networks: { maker: constant(x), judge: judge(w) },
    samples: { latents: { data: [1] }, fake: { by: 'maker' } },
    objective: [on({ fake: 'fake', judge: 'judge' }, quadratic)],
    players: {
      maker: { trains: ['maker'], optimizer: sgd({ learningRate: 0.5 }), unrolls: { player: 'judge', updates } },
      judge: { trains: ['judge'], optimizer },
    },
  });
  const training = train(played, { data: nothing, batchSize: 2, seed: 1 });
  for await (const _ of training) break;
  const [bias, kernel] = [training.network('maker').weights.parameters, training.network('judge').weights.parameters];
  const numbers = { x: bias['1/bias']!.dataSync()[0]!, w: kernel['0/kernel']!.dataSync()[0]! };
  training.dispose();
  return numbers;
}

describe('a player who looks ahead', () => {
  // w(k) = a w + (1 - a) x with a = (1 - rate)^k, so that the maker's slope is d (w(k) x) / dx = a w + 2 (1 - a) x.
  it.each([0, 1, 2, 5, 10])('goes down the slope of a quadratic game %i updates ahead, in closed form', async (k) => {
    const a = 0.75 ** k;
    const reached = await after(k, sgd({ learningRate: 0.25 }));
    expect(reached.x).toBeCloseTo(x - 0.5 * (a * w + 2 * (1 - a) * x), 6);
    // The judge itself has made one update, against the maker as it is now.
    expect(reached.w).toBeCloseTo(0.75 * w + 0.25 * reached.x, 6);
  });

  it("counts the other's updates, for its rates", async () => {
    // Two updates at rates 1/4 and 1/2 leave a = 3/4 * 1/2 of w; the real one is the first, at 1/4.
    const a = 0.75 * 0.5;
    const reached = await after(2, sgd({ learningRate: (update) => update / 4 }));
    expect(reached.x).toBeCloseTo(x - 0.5 * (a * w + 2 * (1 - a) * x), 6);
    expect(reached.w).toBeCloseTo(0.75 * w + 0.25 * reached.x, 6);
  });

  it("carries the other's momentum", async () => {
    // v1 = w - x; w1 = w - v1 / 4; v2 = v1 / 2 + w1 - x; w2 = w1 - v2 / 4 = x + (w - x) (3/4 - 5/16): a = 7/16.
    const a = 7 / 16;
    const reached = await after(2, sgd({ learningRate: 0.25, momentum: 0.5 }));
    expect(reached.x).toBeCloseTo(x - 0.5 * (a * w + 2 * (1 - a) * x), 6);
  });

  it.each([
    ['adam', adam({ learningRate: 0.25 })],
    ['rmsProp', rmsProp({ learningRate: 0.25, momentum: 0.5, centered: true, epsilon: 0.1 })],
  ])('finds no slope that is not a number where the other has none to follow (%s)', async (_, optimizer) => {
    const still = defineTerm({ ...quadratic, discriminator: ({ fake }) => mul(mean(fake.score), 0) });
    const played = game({
      networks: { maker: constant(x), judge: judge(w) },
      samples: { sample: { data: [2] }, latents: { normal: [1] }, fake: { by: 'maker' } },
      objective: [on({ fake: 'fake', judge: 'judge' }, still)],
      players: {
        maker: { trains: ['maker'], optimizer, unrolls: { player: 'judge', updates: 2 } },
        judge: { trains: ['judge'], optimizer },
      },
    });
    const { checkpoint } = await play(played as unknown as Game, 2);
    for (const { values } of Object.values(checkpoint.tensors))
      for (const value of values) expect(value).toSatisfy(Number.isFinite);
  });

  const ahead = (unrolled: number | undefined, extra: object = {}): Game =>
    gan({
      generator: generator(),
      discriminator: discriminator(),
      objective: [logistic()],
      optimizer,
      averaged: 0.9,
      ...(unrolled !== undefined && { unrolled }),
      ...extra,
    }) as unknown as Game;

  it('to nothing plays to the bit as one who does not', async () => {
    const [plain, none, one] = [await play(ahead(undefined), 4), await play(ahead(0), 4), await play(ahead(1), 4)];
    expect(none.checkpoint.tensors).toEqual(plain.checkpoint.tensors);
    expect(none.losses).toEqual(plain.losses);
    expect(one.checkpoint.tensors).not.toEqual(plain.checkpoint.tensors);
  });

  it.each([
    ['plain', ahead(3)],
    ['over two batches', ahead(2, { accumulate: 2 })],
  ])('gives the same bits after a checkpoint, and leaves nothing behind: %s', async (_, played) => {
    const before = memory().numTensors;
    const straight = await play(played, 6);
    const half = await play(played, 3);
    const resumed = await play(played, 6, structuredClone(half.checkpoint));
    expect(resumed.checkpoint).toEqual(straight.checkpoint);
    expect(new Set(straight.tensors).size).toBe(1);
    expect(memory().numTensors).toBe(before);
  });

  it("foresees what the other's terms do after an update", async () => {
    // The critic's weights are cut down to 0 after each update: seen from there, no maker makes a difference.
    const cut = defineTerm({
      ...quadratic,
      after: ({ parameters }) => ({
        parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, mul(value, 0)])),
      }),
    });
    const played = game({
      networks: { maker: constant(x), judge: judge(w) },
      samples: { sample: { data: [2] }, latents: { normal: [1] }, fake: { by: 'maker' } },
      objective: [on({ fake: 'fake', judge: 'judge' }, cut)],
      players: {
        maker: { trains: ['maker'], optimizer, unrolls: { player: 'judge', updates: 1 } },
        judge: { trains: ['judge'], optimizer },
      },
    });
    const { checkpoint } = await play(played as unknown as Game, 1);
    expect([...checkpoint.tensors['weights/maker/parameters/1/bias']!.values]).toEqual([x]);
  });

  it('lets its own terms act on the weights that there are, not on those foreseen', async () => {
    const seen: number[] = [];
    const witness = defineTerm({
      name: 'witness',
      reads: { score: 'linear' },
      samples: ['fake'],
      generator: ({ fake }) => neg(mean(fake.score)),
      after: ({ parameters }) => {
        seen.push(parameters['0/kernel']!.dataSync()[0]!);
        return {};
      },
    });
    const played = game({
      networks: { maker: constant(x), judge: judge(w) },
      samples: { sample: { data: [2] }, latents: { normal: [1] }, fake: { by: 'maker' } },
      objective: [on({ fake: 'fake', judge: 'judge' }, quadratic), on({ fake: 'fake', judge: 'judge' }, witness)],
      players: {
        maker: { trains: ['maker'], optimizer, unrolls: { player: 'judge', updates: 2 } },
        judge: { trains: ['judge'], optimizer },
      },
    });
    await play(played as unknown as Game, 1);
    expect(seen).toEqual([w]);
  });

  it('leaves no tensor when a term throws in the middle of what is foreseen', async () => {
    const before = memory().numTensors;
    let calls = 0;
    const moody = defineTerm({
      ...logistic(),
      name: 'moody',
      discriminator: (round) => {
        const value = logistic().discriminator!(round);
        if (++calls === 3) throw new RangeError('moody');
        return add(value, 0);
      },
    });
    await expect(play(ahead(3, { objective: [moody] }), 2)).rejects.toThrow('moody');
    expect(memory().numTensors).toBe(before);
  });
});

describe('looking ahead is refused', () => {
  const refused =
    (unrolls: object, extra: object = {}) =>
    () =>
      game({
        networks: { maker: constant(x), judge: judge(w) },
        samples: { sample: { data: [2] }, latents: { normal: [1] }, fake: { by: 'maker' } },
        objective: [on({ fake: 'fake', judge: 'judge' }, quadratic)],
        players: {
          maker: { trains: ['maker'], optimizer, unrolls },
          judge: { trains: ['judge'], optimizer },
          ...extra,
        },
      } as never);
  it('to nobody', () =>
    expect(refused({ player: 'critic', updates: 1 })).toThrow(
      new TypeError("players.maker.unrolls: the game has no player 'critic'; it has maker, judge"),
    ));
  it('to oneself', () =>
    expect(refused({ player: 'maker', updates: 1 })).toThrow(
      new TypeError(
        "players.maker.unrolls: 'maker' trains 'maker' as well: who looks ahead and who is looked at are two players",
      ),
    ));
  it('by what is no number of updates', () => {
    expect(refused({ player: 'judge', updates: 1.5 })).toThrow(
      new TypeError('players.maker.unrolls.updates must be a whole number of at least 0, but is 1.5'),
    );
    expect(refused({ player: 'judge', steps: 1 })).toThrow(
      new TypeError("players.maker.unrolls has no option 'steps'; it takes player, updates"),
    );
  });
});
