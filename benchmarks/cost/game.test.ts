import { type Training, train } from '@gan/core';
import { registerGradients } from '@gan/engine';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomData } from '../peers/training.js';
import { catalogue } from './catalogue.js';
import { gameOf } from './game.js';

beforeAll(async () => {
  await setBackend('cpu');
  registerGradients();
});

describe('the catalogue', () => {
  it.each(Object.entries(catalogue))('has a game for %s, which is played', async (_, entry) => {
    const before = memory().numTensors;
    const played = gameOf(entry, { size: 28, filters: 1 });
    const { data, dispose } = randomData(played, 4);
    const training = train(played, { data: data as never, batchSize: 4, seed: 1 }) as Training;
    for await (const step of training) {
      const losses = await step.losses();
      const mine = Object.keys(losses).filter((key) => key.split('/')[1]!.startsWith(entry.term.name));
      expect(mine.length).toBeGreaterThanOrEqual(1);
      for (const value of Object.values(losses)) expect(value).toSatisfy(Number.isFinite);
      break;
    }
    training.dispose();
    dispose();
    expect(memory().numTensors).toBe(before);
  });
});
