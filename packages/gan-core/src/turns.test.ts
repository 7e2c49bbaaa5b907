import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { discriminator, generator, logistic, optimizer, play } from './games.fixture.js';
import { type Game, gan, turns } from './index.js';

beforeAll(async () => {
  await setBackend('cpu');
});

describe('turns', () => {
  it('give each player its steps, one after the other, again and again', () => {
    const each = turns({ a: 2, b: 1, c: 3 });
    const players = ['a', 'b', 'c'] as const;
    const playing = Array.from({ length: 13 }, (_, step) => players.filter((name) => each[name](step)).join());
    expect(playing.join('')).toBe('aabcccaabccca');
  });

  it('refuse a length that is none', () =>
    expect(() => turns({ a: 2, b: 0 })).toThrow(
      new TypeError('turns.b must be a whole number of at least 1, but is 0'),
    ));
});

describe('players who take turns', () => {
  const played = (extra: object = { turns: { discriminator: 3, generator: 2 } }) =>
    gan({
      generator: generator(),
      discriminator: discriminator(),
      objective: [logistic()],
      optimizer,
      ...extra,
    } as never) as unknown as Game;

  it('change nothing but their own weights, count their own updates, and report their own losses', async () => {
    const [start, first, second] = [await play(played(), 1), await play(played(), 3), await play(played(), 5)];
    expect(start.checkpoint.manifest.updates).toEqual({ discriminator: 1, generator: 0 });
    expect(first.checkpoint.manifest.updates).toEqual({ discriminator: 3, generator: 0 });
    expect(second.checkpoint.manifest.updates).toEqual({ discriminator: 3, generator: 2 });
    expect(Object.keys(first.losses)).toEqual(['discriminator/logistic']);
    expect(Object.keys(second.losses)).toEqual(['generator/logistic']);
    const of = ({ checkpoint }: typeof start, network: string) =>
      checkpoint.tensors[`weights/${network}/parameters/0/kernel`]!.values;
    expect(of(first, 'generator')).toEqual(of(start, 'generator'));
    expect(of(first, 'discriminator')).not.toEqual(of(start, 'discriminator'));
    expect(of(second, 'discriminator')).toEqual(of(first, 'discriminator'));
    expect(of(second, 'generator')).not.toEqual(of(first, 'generator'));
  });

  it('go on with the same bits from the middle of a turn', async () => {
    const straight = await play(played(), 9);
    for (const stop of [1, 4, 6]) {
      const stopped = await play(played(), stop);
      expect((await play(played(), 9, structuredClone(stopped.checkpoint))).checkpoint).toEqual(straight.checkpoint);
    }
  });

  it('are two, each with a length', () => {
    expect(() => played({ turns: { discriminator: 3 } })).toThrow(
      new TypeError('turns.generator must be a whole number of at least 1, but is undefined'),
    );
    expect(() => played({ turns: { discriminator: 3, generator: 1, judge: 1 } })).toThrow(
      new TypeError("turns has no option 'judge'; it takes discriminator, generator"),
    );
  });

  it('play by a function of the step', () => {
    const { players, ...rest } = played({});
    const odd = { ...rest, players: { ...players, generator: { ...players['generator'], plays: 2 } } };
    return expect(play(odd as never, 1)).rejects.toThrow(
      new TypeError('players.generator.plays must be a function of the step, but is 2'),
    );
  });
});
