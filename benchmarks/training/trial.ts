import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dataset, evaluate, type Game, grid, type Metric, sample, type Training, train } from '@gan/core';
import { engine } from '@gan/engine';
import { classAgreement, digitClassifier, frechetDistance, frechetDistanceOfReal } from '@gan/metrics';
import { catalogue, type ListedEntry } from './catalogue.js';
import { pictures } from './datasets.js';
import type { Entry } from './entry.js';

/** One training of an entry of the catalogue. */
export interface Trial {
  readonly networks: string;
  readonly seed: number;
  readonly steps: number;
}

/** What came of it. */
export interface Outcome extends Trial {
  readonly batch: number;
  /** What distances are of. */
  readonly extractor: string;
  /** How many pictures they are of. */
  readonly samples: number;
  /** Fréchet distance of the generator's average weights to real pictures, before the first step and after the last. */
  readonly start: number;
  readonly end: number;
  /** The distance between halves of the real pictures, as far as that may go. */
  readonly halves: number;
  /** The share of a thousand digits in which a classifier reads the class that was asked for; null where none was. */
  readonly agreement: number | null;
  /** Of the steps alone. */
  readonly seconds: number;
  /** Whose numbers they are. */
  readonly engine: string;
}

const pageSize = 64;

/** The game of an entry, of networks as wide as it says. */
export const gameOf = ({ game, filters }: Pick<Entry, 'game' | 'filters'>): Game => game(filters) as Game;

/**
 * Trains an entry, and draws a page of what its generator makes.
 *
 * @param pages The folder of the page, `<networks>.png`; it is made if it isn't there.
 * @param heard Is told of losses on the way.
 */
export async function played(trial: Trial, pages: string, heard: (line: string) => void = () => {}): Promise<Outcome> {
  const { networks, seed, steps } = trial;
  const entry = catalogue[networks];
  if (!entry)
    throw new TypeError(`there are no networks '${networks}'; there are ${Object.keys(catalogue).join(', ')}`);
  const { name, version } = await engine();
  const { data, extractor, samples } = await pictures(entry.data, entry.measured);
  const training = train(gameOf(entry) as never, { data: data as never, batchSize: entry.batch, seed }) as Training;
  const measured = async (metrics: readonly Metric[]) =>
    evaluate(training.network('generator'), { data: data as never, metrics, seed: seed + 2 });
  const distance = frechetDistance({ extractor, samples });
  const ofReal = frechetDistanceOfReal({ extractor, samples });
  try {
    const start = await measured([distance, ofReal]);
    const begun = performance.now();
    for await (const step of training) {
      if (step.index % 100 === 0) heard(`${networks}, step ${step.index}: ${JSON.stringify(await step.losses())}`);
      if (training.steps >= steps) break;
    }
    const seconds = Math.round((performance.now() - begun) / 1000);
    const end = await measured([distance]);
    await draw(training, entry, seed, join(pages, `${networks}.png`));
    return {
      ...trial,
      batch: entry.batch,
      extractor: extractor.name,
      samples,
      start: start[distance.name]!,
      end: end[distance.name]!,
      halves: start[ofReal.name]!,
      agreement: await agreementOf(training, entry, data, seed),
      seconds,
      engine: `${name} ${version}`,
    };
  } finally {
    training.dispose();
    extractor.dispose();
  }
}

/** A page of what the generator makes. */
async function draw(training: Training, { page = {} }: Entry, seed: number, file: string): Promise<void> {
  const count = Object.values(page)[0]?.length ?? pageSize;
  const generator = training.network('generator');
  const made = await sample(generator, { ...page, count, seed: seed + 1 } as never);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, await grid(made, { columns: 8 }));
  made.dispose();
}

/** How often a digit that was asked for is read as such. */
async function agreementOf(training: Training, { data: name }: ListedEntry, data: Dataset, seed: number) {
  const generator = training.network('generator');
  if (name !== 'digits' || !('classes' in generator.network.inputs)) return null;
  const classifier = await digitClassifier();
  const metric = classAgreement({ classifier, samples: 1000 });
  const seen = await evaluate(generator, { data: data as never, metrics: [metric], seed: seed + 2 });
  classifier.dispose();
  return seen[metric.name]!;
}
