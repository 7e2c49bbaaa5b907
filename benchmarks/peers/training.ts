import { type Dataset, type Game, type Network, random, train } from '@gan/core';
import { clone, dispose, mul, sub, tidy } from '@tensorflow/tfjs-core';
import { benchmarkModel } from '../models/model.js';
import type { Numbers } from './numbers.js';
import type { Setup } from './protocol.js';

/** Batches that are kept in memory and gone through in turn. */
const BATCHES = 8;

/** A training of a model on random pictures in [-1, 1), and what another peer needs to know to do the same. */
export async function benchmarkTraining({ model, size, batch }: Pick<Setup, 'model' | 'size' | 'batch'>) {
  const { game, sample } = (await benchmarkModel(model))({ size });
  const shape = [batch, ...sample];
  const pictures = Array.from({ length: BATCHES }, (_, k) =>
    tidy(() => sub(mul(random(1).stream('pictures', k).uniform(shape), 2), 1)),
  );
  const data: Dataset = {
    ports: { sample },
    size: BATCHES * batch,
    batch: async ({ index }) => ({ sample: clone(pictures[index % BATCHES]!) }),
  };
  const recorder = recording(game);
  const training = train(recorder.game, { data, batchSize: batch, seed: 1 });
  return {
    training,
    /** The batches, in turn. */
    pictures,
    /** What the generator was fed with up to now, `<call>/latents`; nothing is written down after. */
    draws: recorder.stop,
    dispose: () => {
      training.dispose();
      dispose(pictures);
    },
  };
}

/** A game whose generator writes down its latents until that is stopped. */
function recording(game: Game) {
  const generator = game.networks['generator']!;
  const draws: Record<string, Numbers> = {};
  let open = true;
  const recorded: Network = {
    ...generator,
    apply: (weights, inputs, mode) => {
      const { latents } = inputs;
      if (open && latents)
        draws[`${Object.keys(draws).length}/latents`] = {
          shape: latents.shape,
          values: latents.dataSync<'float32'>().slice(),
        };
      return generator.apply(weights, inputs, mode);
    },
  };
  return {
    game: { ...game, networks: { ...game.networks, generator: recorded } },
    stop: (): Readonly<Record<string, Numbers>> => {
      open = false;
      return draws;
    },
  };
}
