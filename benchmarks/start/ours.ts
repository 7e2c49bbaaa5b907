/** A program as a user has it: an engine, a DCGAN on pictures in memory, one step. Prints a line when its losses are there. */
import { type Game, type Training, train } from '@gan/core';
import { engine } from '@gan/engine';
import { model } from '../models/dcgan.js';
import { randomData } from '../peers/training.js';

await engine({ use: 'torch-cpu', threads: Number(process.env['OMP_NUM_THREADS']) });
const game: Game = model({ size: 28 }).game;
const { data } = randomData(game, 64);
const training = train(game, { data: data as never, batchSize: 64, seed: 1 }) as Training;
for await (const step of training) {
  const losses = await step.losses();
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ cpuMilliseconds: (user + system) / 1000, losses })}\n`);
  break;
}
process.exit();
