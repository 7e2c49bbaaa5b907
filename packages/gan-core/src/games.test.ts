import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cycle, encoding, play, twoJudges } from './games.fixture.js';
import { type Game, random } from './index.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const games: Readonly<Record<string, Game>> = {
  'a cycle of two translators with pools': cycle() as unknown as Game,
  'an encoder beside a generator': encoding() as unknown as Game,
  'a generator against two judges': twoJudges() as unknown as Game,
};

for (const [title, played] of Object.entries(games))
  describe(title, () => {
    it('gives the same bits for the same seed, and learns', async () => {
      const [once, twice, start] = [await play(played, 9), await play(played, 9), await play(played, 1)];
      expect(twice).toEqual(once);
      for (const loss of Object.values(once.losses)) expect(loss).toSatisfy(Number.isFinite);
      for (const network of Object.values(played.players).flatMap(({ trains }) => trains)) {
        const place = Object.keys(once.checkpoint.tensors).find((name) =>
          name.startsWith(`weights/${network}/parameters/`),
        )!;
        expect(once.checkpoint.tensors[place]).not.toEqual(start.checkpoint.tensors[place]);
      }
    });

    it('goes on with the same bits from any step', async () => {
      const straight = await play(played, 12);
      const stops = random(3).stream(title);
      for (let trial = 0; trial < 4; trial++) {
        const stopped = await play(played, 1 + stops.integer(11));
        const resumed = await play(played, 12, structuredClone(stopped.checkpoint));
        expect(resumed.checkpoint).toEqual(straight.checkpoint);
      }
    });

    it('holds as many tensors after each step, and none at the end', async () => {
      const before = memory().numTensors;
      const { tensors } = await play(played, 10);
      // Pools hold nothing before their first draw: count from the second step.
      expect(new Set(tensors.slice(1)).size).toBe(1);
      expect(memory().numTensors).toBe(before);
    });
  });
