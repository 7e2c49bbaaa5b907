import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { engine } from '@gan/engine';
import { type Outcome, played, type Trial } from './trial.js';

/** What is measured: every variant on every number of pictures, from every seed. */
export interface AugmentationOptions {
  readonly pictures: readonly number[];
  readonly variants: readonly string[];
  readonly seeds: readonly number[];
  readonly steps: number;
  /** The file of outcomes: those that it holds are not measured again. */
  readonly results: string;
}

/** What was measured, now or before. */
export interface AugmentationResult {
  readonly outcomes: readonly Outcome[];
}

const titleOf = ({ pictures, variant, seed, steps }: Trial): string =>
  `${pictures} pictures, ${variant}, seed ${seed}, ${steps} steps`;

/**
 * Plays what the file does not hold yet, and writes the file after every trial, so that a run that was stopped goes on
 * where it was.
 *
 * @param heard Is told of each trial as it ends.
 */
export async function measuredAugmentation(
  { pictures, variants, seeds, steps, results }: AugmentationOptions,
  heard: (line: string) => void,
): Promise<AugmentationResult> {
  const wanted = seeds.flatMap((seed) =>
    pictures.flatMap((count) => variants.map((variant): Trial => ({ pictures: count, variant, seed, steps }))),
  );
  const held = new Map((await outcomesIn(results)).map((outcome) => [titleOf(outcome), outcome]));
  await engine();
  for (const trial of wanted) {
    if (held.has(titleOf(trial))) continue;
    const outcome = await played(trial);
    held.set(titleOf(trial), outcome);
    heard(`${titleOf(trial)}: overfitting ${outcome.overfitting.toFixed(2)}, distance ${outcome.frechet.toFixed(2)}`);
    await writeFile(results, `${JSON.stringify({ outcomes: [...held.values()] }, null, 2)}\n`);
  }
  return { outcomes: wanted.map((trial) => held.get(titleOf(trial))!) };
}

const outcomesIn = async (file: string): Promise<readonly Outcome[]> =>
  existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as AugmentationResult).outcomes : [];
