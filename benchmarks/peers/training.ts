import { type Dataset, type Game, type Random, random, train } from '@gan/core';
import { clone, dispose, mul, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { benchmarkModel } from '../models/model.js';
import type { Setup } from './protocol.js';
import { recording } from './recording.js';

/** Batches that are kept in memory and gone through in turn. */
const BATCHES = 8;

/** A training of a model on random pictures in [-1, 1), and what another peer needs to know to do the same. */
export async function benchmarkTraining({
  model,
  variant,
  size,
  batch,
}: Pick<Setup, 'model' | 'variant' | 'size' | 'batch'>) {
  const { game, sample } = (await benchmarkModel(model))({ size, variant });
  const { data, batches, dispose: free } = randomData(game, batch);
  const recorder = recording(game, batch);
  const training = train(recorder.game, { data, batchSize: batch, seed: 1 });
  return {
    training,
    sample,
    /** The batches, in turn. */
    batches,
    /** What was drawn up to now, `<number>/<what>`; nothing is written down after. */
    draws: recorder.stop,
    dispose: () => {
      training.dispose();
      free();
    },
  };
}

/** Random batches of all that a game takes: numbers in [-1, 1), and classes. */
export function randomData(game: Game, batch: number) {
  const ports = Object.fromEntries(
    Object.entries(game.samples).flatMap(([name, source]) => ('data' in source ? [[name, source.data]] : [])),
  );
  const drawn = (port: number | readonly number[], stream: Random): Tensor =>
    typeof port === 'number'
      ? stream.categorical([batch], port)
      : tidy(() => sub(mul(stream.uniform([batch, ...port]), 2), 1));
  const batches = Array.from({ length: BATCHES }, (_, k) =>
    Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [
        name,
        drawn(port, random(1).stream(name === 'sample' ? 'pictures' : name, k)),
      ]),
    ),
  );
  const data: Dataset = {
    ports,
    size: BATCHES * batch,
    batch: async ({ index }) =>
      Object.fromEntries(Object.entries(batches[index % BATCHES]!).map(([name, value]) => [name, clone(value)])),
  };
  return { data, batches, dispose: () => dispose(batches) };
}
