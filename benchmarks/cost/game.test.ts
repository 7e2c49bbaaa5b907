import '@tensorflow/tfjs-backend-cpu';
import { type Game, type Network, type Training, train } from '@gan/core';
import { registerGradients } from '@gan/engine';
import { engine, memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { secondOrder } from '../../tools/losses-page/sources.js';
import { randomData } from '../peers/training.js';
import { catalogue } from './catalogue.js';
import { gameOf } from './game.js';

beforeAll(async () => {
  await setBackend('cpu');
  registerGradients();
});

/** A game that notices when a network is applied inside a gradient that is itself differentiated. */
function watched(played: Game) {
  let nested = false;
  const watching = (network: Network): Network => ({
    ...network,
    apply: (weights, inputs, mode) => {
      nested ||= engine().state.gradientDepth > 1;
      return network.apply(weights, inputs, mode);
    },
  });
  const { generator, judge } = played.networks as Readonly<Record<'generator' | 'judge', Network>>;
  const game: Game = { ...played, networks: { generator: watching(generator), judge: watching(judge) } };
  return { game, nested: () => nested };
}

describe('the catalogue', () => {
  it.each(Object.entries(catalogue))('has a game for %s, which is played', async (name, entry) => {
    const before = memory().numTensors;
    const { game, nested } = watched(gameOf(entry, { size: 28, filters: 1 }));
    const { data, dispose } = randomData(game, 4);
    const training = train(game, { data: data as never, batchSize: 4, seed: 1 }) as Training;
    for await (const step of training) {
      const losses = await step.losses();
      const mine = Object.keys(losses).filter((key) => key.split('/')[1]!.startsWith(entry.term.name));
      expect(mine.length).toBeGreaterThanOrEqual(1);
      for (const value of Object.values(losses)) expect(value).toSatisfy(Number.isFinite);
      break;
    }
    // What docs/losses.md says of it is what was seen.
    expect(nested()).toBe(secondOrder(name));
    training.dispose();
    dispose();
    expect(memory().numTensors).toBe(before);
  });
});
