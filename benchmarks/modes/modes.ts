import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { inChildren } from './in-children.js';
import { pairings as known } from './pairings.js';
import type { SuiteName } from './suites.js';
import type { Outcome, Trial } from './trial.js';

/** What is measured: every pairing on every suite, from every seed. */
export interface ModesOptions {
  readonly suites: readonly SuiteName[];
  readonly pairings: readonly string[];
  readonly seeds: readonly number[];
  /** Of a pairing that takes as long as the others. */
  readonly steps: number;
  /** Child processes, each on one thread. */
  readonly workers: number;
  /** The file of outcomes: those that it holds are not measured again. */
  readonly results: string;
}

/** What was measured, now or before. */
export interface ModesResult {
  readonly outcomes: readonly Outcome[];
  /** Trials that could not be done, each a sentence. */
  readonly failures: readonly string[];
}

const titleOf = ({ suite, pairing, seed, steps }: Trial): string =>
  `${suite}, ${pairing}, seed ${seed}, ${steps} steps`;

/**
 * Plays what the file does not hold yet, and writes the file after every trial, so that a run that was stopped goes on
 * where it was.
 *
 * @param heard Is told of each trial as it ends.
 */
export async function measuredModes(
  { suites, pairings, seeds, steps, workers, results }: ModesOptions,
  heard: (line: string) => void,
): Promise<ModesResult> {
  const wanted = suites.flatMap((suite) =>
    pairings.flatMap((pairing) => {
      const own = steps * (known[pairing]?.longer ?? 1);
      return seeds.map((seed): Trial => ({ suite, pairing, seed, steps: own }));
    }),
  );
  const held = new Map((await outcomesIn(results)).map((outcome) => [titleOf(outcome), outcome]));
  const todo = wanted.filter((trial) => !held.has(titleOf(trial)));
  const failures: string[] = [];
  let written = Promise.resolve();
  await inChildren<Trial, Outcome>(
    new URL('./worker.ts', import.meta.url),
    todo,
    { children: workers, environment: { OMP_NUM_THREADS: '1' } },
    (trial, answer) => {
      if ('error' in answer) {
        failures.push(`${titleOf(trial)}: ${answer.error}`);
        heard(failures.at(-1)!);
        return;
      }
      held.set(titleOf(trial), answer.result);
      heard(`${titleOf(trial)}: ${answer.result.end.modes} modes`);
      written = written.then(() => writeOutcomes(results, [...held.values()]));
      return written;
    },
  );
  return { outcomes: wanted.flatMap((trial) => held.get(titleOf(trial)) ?? []), failures };
}

const outcomesIn = async (file: string): Promise<readonly Outcome[]> =>
  existsSync(file)
    ? (JSON.parse(await readFile(file, 'utf8')) as { readonly outcomes: readonly Outcome[] }).outcomes
    : [];

/** Whole or not at all: a line for each trial, in the order of their titles. */
async function writeOutcomes(file: string, outcomes: readonly Outcome[]): Promise<void> {
  const lines = [...outcomes]
    .sort((a, b) => titleOf(a).localeCompare(titleOf(b), 'en', { numeric: true }))
    .map((outcome) => `    ${JSON.stringify(outcome)}`);
  await writeFile(`${file}.part`, `{\n  "outcomes": [\n${lines.join(',\n')}\n  ]\n}\n`);
  await rename(`${file}.part`, file);
}
