import '@tensorflow/tfjs-backend-cpu';
import { type Training, train } from '@gan/core';
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

/** Notices when a gradient is taken inside one that is itself being taken. */
function watched() {
  const tensorflow = engine();
  const { gradients } = tensorflow;
  let nested = false;
  const watching = (...given: Parameters<typeof gradients>) => {
    nested ||= tensorflow.state.gradientDepth > 0;
    return gradients.apply(tensorflow, given);
  };
  tensorflow.gradients = watching as typeof gradients;
  return {
    nested: () => nested,
    end: () => {
      tensorflow.gradients = gradients;
    },
  };
}

describe('the catalogue', () => {
  it.each(Object.entries(catalogue))('has a game for %s, which is played', async (name, entry) => {
    const before = memory().numTensors;
    const { nested, end } = watched();
    const game = gameOf(entry, { size: 28, filters: 1 });
    const { data, dispose } = randomData(game, 4);
    const training = train(game, { data: data as never, batchSize: 4, seed: 1 }) as Training;
    for await (const step of training) {
      const losses = await step.losses();
      const mine = Object.keys(losses).filter((key) => key.split('/')[1]!.startsWith(entry.term.name));
      expect(mine.length).toBeGreaterThanOrEqual(1);
      for (const value of Object.values(losses)) expect(value).toSatisfy(Number.isFinite);
      break;
    }
    end();
    // What docs/losses.md says of it is what was seen.
    expect(nested()).toBe(secondOrder(name));
    training.dispose();
    dispose();
    expect(memory().numTensors).toBe(before);
  });
});
