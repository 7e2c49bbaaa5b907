import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { AugmentationOptions } from './augmentation/augmentation.js';
import { variants } from './augmentation/variants.js';
import { type CostOptions, costs } from './cost/cost.js';
import type { InstallOptions } from './install/install.js';
import { INSTALLED } from './install/peers.js';
import type { MemoryOptions } from './memory/memory.js';
import type { ModesOptions } from './modes/modes.js';
import { pairings } from './modes/pairings.js';
import { type SuiteName, suites } from './modes/suites.js';
import type { StartOptions } from './start/start.js';
import { PEERS, type PeerName } from './step/peers.js';
import type { StepOptions } from './step/step.js';
import { catalogue } from './training/catalogue.js';
import type { TrainingOptions } from './training/training.js';

interface Output {
  /** The result as JSON on standard output instead of a table. */
  readonly json: boolean;
  /** A file that gets the JSON too. */
  readonly save: string | undefined;
}

const output = { json: { type: 'boolean', default: false }, save: { type: 'string' } } as const;

/** What is timed on what; each command says how many steps. */
const timing = {
  size: { type: 'string', default: '28' },
  batch: { type: 'string', default: '64' },
  threads: { type: 'string', default: String(availableParallelism()) },
  device: { type: 'string', default: 'cpu' },
} as const;

const timingOf = (values: Readonly<Record<keyof typeof timing | 'steps' | 'warmup', string>>) => ({
  size: count('size', values.size),
  batch: count('batch', values.batch),
  steps: count('steps', values.steps),
  warmup: count('warmup', values.warmup, 0),
  threads: count('threads', values.threads),
  device: oneOf('device', values.device, ['cpu', 'cuda'] as const),
});

/** @throws TypeError with the flag and what was expected of it. */
export async function stepFlags(given: readonly string[]): Promise<StepOptions & Output> {
  const { values } = parseArgs({
    args: [...given],
    options: {
      model: { type: 'string', default: 'dcgan' },
      peers: { type: 'string', default: 'ours,torch' },
      steps: { type: 'string', default: '30' },
      warmup: { type: 'string', default: '3' },
      ...timing,
      ...output,
    },
  });
  const peers = values.peers.split(',').map((name) => oneOf('peers', name, PEERS));
  const models = (await readdir(new URL('./models/', import.meta.url))).flatMap((file) =>
    file.endsWith('.py') ? [file.slice(0, -3)] : [],
  );
  return {
    model: oneOf('model', values.model, models),
    /** Ours goes first: the others start from its weights. */
    peers: PEERS.filter((name): name is PeerName => name === 'ours' || peers.includes(name)),
    ...timingOf(values),
    json: values.json,
    save: values.save,
  };
}

/** @throws TypeError with the flag and what was expected of it. */
export function startFlags(given: readonly string[]): StartOptions & Output {
  const { values } = parseArgs({
    args: [...given],
    options: { times: { type: 'string', default: '10' }, threads: timing.threads, ...output },
  });
  const { json, save } = values;
  return { times: count('times', values.times), threads: count('threads', values.threads), json, save };
}

/** @throws TypeError with the flag and what was expected of it. */
export function memoryFlags(given: readonly string[]): MemoryOptions & Output {
  const { values } = parseArgs({
    args: [...given],
    options: {
      steps: { type: 'string', default: '2000' },
      ...output,
    },
  });
  return { steps: count('steps', values.steps), json: values.json, save: values.save };
}

/** @throws TypeError with the flag and what was expected of it. */
export function installFlags(given: readonly string[]): InstallOptions & Output {
  const { values } = parseArgs({
    args: [...given],
    options: {
      peers: { type: 'string', default: INSTALLED.join() },
      python: { type: 'string', default: 'python3' },
      ...output,
    },
  });
  const peers = values.peers.split(',').map((name) => oneOf('peers', name, INSTALLED));
  return { peers, python: values.python, json: values.json, save: values.save };
}

/** @throws TypeError with the flag and what was expected of it. */
export function modesFlags(given: readonly string[]): ModesOptions & { readonly json: boolean } {
  const { values } = parseArgs({
    args: [...given],
    options: {
      suites: { type: 'string', default: 'ring' },
      pairings: { type: 'string' },
      seeds: { type: 'string', default: '1' },
      steps: { type: 'string', default: '1000' },
      workers: { type: 'string', default: String(availableParallelism()) },
      results: { type: 'string', default: fileURLToPath(new URL('./results/modes.json', import.meta.url)) },
      json: { type: 'boolean', default: false },
    },
  });
  const all = Object.keys(pairings);
  return {
    suites: values.suites.split(',').map((name) => oneOf('suites', name, Object.keys(suites) as SuiteName[])),
    /** Names have commas: several are kept apart by semicolons. */
    pairings: values.pairings?.split(';').map((name) => oneOf('pairings', name.trim(), all)) ?? all,
    seeds: values.seeds.split(',').map((seed) => count('seeds', seed, 0)),
    steps: count('steps', values.steps),
    workers: count('workers', values.workers),
    results: values.results,
    json: values.json,
  };
}

/** @throws TypeError with the flag and what was expected of it. */
export function augmentationFlags(given: readonly string[]): AugmentationOptions & { readonly json: boolean } {
  const { values } = parseArgs({
    args: [...given],
    options: {
      pictures: { type: 'string', default: '100,1000' },
      variants: { type: 'string', default: 'none,diffAugment,ada' },
      seeds: { type: 'string', default: '1' },
      steps: { type: 'string', default: '600' },
      results: { type: 'string', default: fileURLToPath(new URL('./results/augmentation.json', import.meta.url)) },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    pictures: values.pictures.split(',').map((number) => count('pictures', number)),
    variants: values.variants.split(',').map((name) => oneOf('variants', name, Object.keys(variants))),
    seeds: values.seeds.split(',').map((seed) => count('seeds', seed, 0)),
    steps: count('steps', values.steps),
    results: values.results,
    json: values.json,
  };
}

/** @throws TypeError with the flag and what was expected of it. */
export function trainingFlags(given: readonly string[]): TrainingOptions & Output {
  const { values } = parseArgs({
    args: [...given],
    options: {
      networks: { type: 'string' },
      seed: { type: 'string', default: '1' },
      steps: { type: 'string' },
      results: { type: 'string', default: fileURLToPath(new URL('./results/training.json', import.meta.url)) },
      pages: { type: 'string', default: 'runs/training' },
      ...output,
    },
  });
  const all = Object.keys(catalogue);
  return {
    networks: values.networks?.split(',').map((name) => oneOf('networks', name, all)) ?? all,
    seed: count('seed', values.seed, 0),
    steps: values.steps === undefined ? undefined : count('steps', values.steps),
    results: values.results,
    pages: values.pages,
    json: values.json,
    save: values.save,
  };
}

/** @throws TypeError if there is no folder to pack into. */
export function gpuFlags(given: readonly string[]): { readonly pack: string } {
  const { values } = parseArgs({ args: [...given], options: { pack: { type: 'string' } } });
  if (!values.pack) throw new TypeError('--pack must be the folder to pack into, which is made anew');
  return { pack: values.pack };
}

/** @throws TypeError with the flag and what was expected of it. */
export function costFlags(given: readonly string[]): CostOptions & Output {
  const { values } = parseArgs({
    args: [...given],
    options: {
      variants: { type: 'string' },
      peers: { type: 'string', default: 'ours,torch' },
      steps: { type: 'string', default: '20' },
      warmup: { type: 'string', default: '2' },
      ...timing,
      ...output,
    },
  });
  const peers = values.peers.split(',').map((name) => oneOf('peers', name, ['ours', 'torch'] as const));
  return {
    variants: values.variants?.split(',').map((name) => oneOf('variants', name, costs)) ?? costs,
    /** Ours goes first: the other starts from its weights. */
    peers: peers.includes('torch') ? ['ours', 'torch'] : ['ours'],
    ...timingOf(values),
    json: values.json,
    save: values.save,
  };
}

function count(flag: string, value: string, least = 1): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= least && value.trim() !== '') return number;
  throw new TypeError(`--${flag} must be a whole number of at least ${least}, but is '${value}'`);
}

function oneOf<const T extends string>(flag: string, value: string, known: readonly T[]): T {
  if ((known as readonly string[]).includes(value)) return value as T;
  throw new TypeError(`--${flag} must be one of ${known.join(', ')}, but is '${value}'`);
}
