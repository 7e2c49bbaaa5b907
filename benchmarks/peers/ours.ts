/**
 * Our peer: a training by `train` of `@gan/core`, as any user of it would write it, on libtorch or on the engine that is named
 * as the only argument. Questions: see protocol.ts.
 */
import { createInterface } from 'node:readline';
import type { Checkpoint, EngineName, Step, Tensors } from '@gan/core';
import { engine } from '@gan/engine';
import { multiplyAddsDuring } from '../step/multiply-adds.js';
import { type Numbers, writeNumbers } from './numbers.js';
import { peakOfProducts } from './peak.js';
import type { Failed, Losses, Peak, Prepared, Setup, Stepped } from './protocol.js';
import { benchmarkTraining } from './training.js';

/** What was prepared, by variant. */
const trainings = new Map<string | undefined, AsyncIterator<Step>>();

/** One step up to its losses as numbers, by player. */
async function step(variant: string | undefined): Promise<Losses> {
  const { value } = await trainings.get(variant)!.next();
  const losses: Record<string, number> = {};
  for (const [name, loss] of Object.entries(await (value as Step).losses())) {
    const player = name.split('/')[0]!;
    losses[player] = (losses[player] ?? 0) + loss;
  }
  return losses;
}

/** Another engine than libtorch: the first peer of ours has written down what others start from, which seeds give again. */
const other = process.argv[2] as EngineName | undefined;

/** WebAssembly has one thread, and TensorFlow takes what the environment says. */
const started = ({ device, threads, tensorFloat32 = false }: Setup) =>
  engine(other ? { use: other } : { use: `torch-${device}`, threads, tensorFloat32 });

async function prepare(setup: Setup): Promise<Prepared> {
  const { threads, version } = await started(setup);
  const { training, batches, draws, sample } = await benchmarkTraining(setup);
  const written = async (name: string, numbers: Parameters<typeof writeNumbers>[2]) => {
    if (!other) await writeNumbers(setup.folder, name, numbers);
  };
  await written('weights', (await training.checkpoint()).tensors);
  await written('pictures', await numbersOf(batches, 'sample'));
  await written('classes', await numbersOf(batches, 'classes'));
  const { variant } = setup;
  trainings.set(variant, training[Symbol.asyncIterator]());
  const losses: Losses[] = [];
  const multiplyAdds = await multiplyAddsDuring(async () => losses.push(await step(variant)));
  const moments = momentsIn(await training.checkpoint());
  while (losses.length < setup.checks) losses.push(await step(variant));
  await written('draws', draws());
  const versions = { [other ?? 'libtorch']: version, node: process.versions.node };
  return { losses, moments, threads, versions, sample, multiplyAdds };
}

/** What batches have of one name, by their number; nothing if they have none. */
async function numbersOf(batches: readonly Tensors[], name: string): Promise<Record<string, Numbers>> {
  const numbers: Record<string, Numbers> = {};
  for (const [k, batch] of batches.entries()) {
    const tensor = batch[name];
    if (tensor) numbers[k] = { shape: tensor.shape, values: (await tensor.data()) as Numbers['values'] };
  }
  return numbers;
}

/** Norms over all tensors `optimizers/<player>/<parameter>/<slot>`, by player and slot. */
function momentsIn({ tensors }: Checkpoint): Prepared['moments'] {
  const squares: Record<string, number> = {};
  for (const [place, { values }] of Object.entries(tensors)) {
    const [part, player, ...name] = place.split('/');
    const key = `${player}/${name.at(-1)}`;
    if (part === 'optimizers') for (const x of values) squares[key] = (squares[key] ?? 0) + x * x;
  }
  return Object.fromEntries(Object.entries(squares).map(([key, sum]) => [key, Math.sqrt(sum)]));
}

async function timed({ variant }: Pick<Setup, 'variant'>): Promise<Stepped> {
  const before = process.cpuUsage();
  const start = performance.now();
  await step(variant);
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { milliseconds, cpuMilliseconds: (user + system) / 1000 };
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line) as { readonly ask: 'prepare' | 'step' | 'peak'; readonly rounds: number } & Setup;
  let answer: Prepared | Stepped | Peak | Failed;
  try {
    if (question.ask === 'prepare') answer = await prepare(question);
    else answer = question.ask === 'peak' ? peakOfProducts(question.rounds) : await timed(question);
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
