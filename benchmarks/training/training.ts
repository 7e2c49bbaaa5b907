import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { catalogue } from './catalogue.js';
import { type Outcome, played, type Trial } from './trial.js';

/** What is trained: every named entry of the catalogue, from one seed. */
export interface TrainingOptions {
  readonly networks: readonly string[];
  readonly seed: number;
  /** Those of the entry unless said. */
  readonly steps?: number | undefined;
  /** The file of outcomes: those that it holds are not measured again. */
  readonly results: string;
  /** The folder of pages. */
  readonly pages: string;
}

/** What was measured, now or before. */
export interface TrainingResult {
  readonly outcomes: readonly Outcome[];
}

const titleOf = ({ networks, seed, steps }: Trial): string => `${networks}, seed ${seed}, ${steps} steps`;

/**
 * Trains what the file does not hold yet, and writes the file after every trial, so that a run that was stopped goes on
 * where it was. Others may write to the file meanwhile.
 *
 * @param heard Is told of each trial as it goes and as it ends.
 */
export async function measuredTraining(
  { networks, seed, steps, results, pages }: TrainingOptions,
  heard: (line: string) => void,
): Promise<TrainingResult> {
  const wanted = networks.map((name): Trial => ({ networks: name, seed, steps: steps ?? catalogue[name]!.steps }));
  for (const trial of wanted) {
    const title = titleOf(trial);
    if ((await outcomesIn(results)).has(title)) continue;
    const outcome = await played(trial, pages, heard);
    heard(`${title}: distance ${outcome.start.toFixed(1)} -> ${outcome.end.toFixed(1)} in ${outcome.seconds} s`);
    await write(results, (await outcomesIn(results)).set(title, outcome));
  }
  const held = await outcomesIn(results);
  return { outcomes: wanted.map((trial) => held.get(titleOf(trial))!) };
}

async function outcomesIn(file: string): Promise<Map<string, Outcome>> {
  const outcomes = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as TrainingResult).outcomes : [];
  return new Map(outcomes.map((outcome) => [titleOf(outcome), outcome]));
}

/** Whole or not at all, in the order of the catalogue. */
async function write(file: string, held: ReadonlyMap<string, Outcome>): Promise<void> {
  const order = Object.keys(catalogue);
  const outcomes = [...held.values()].sort((a, b) => order.indexOf(a.networks) - order.indexOf(b.networks));
  await writeFile(`${file}.part`, `${JSON.stringify({ outcomes }, null, 2)}\n`);
  await rename(`${file}.part`, file);
}
