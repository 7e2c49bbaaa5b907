import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Flags } from '../flags.mjs';
import { type Configuration, configured } from './configuration.js';
import { Refusal } from './refusal.js';
import { type RunFolder, spoken } from './run-folder.js';

/** @throws Refusal if the configuration of a run is none that this program writes. */
export function savedConfiguration({ path }: RunFolder): Configuration {
  const file = join(path, 'config.json');
  const text = readFileSync(file, 'utf8');
  try {
    const saved = JSON.parse(text);
    const known = configured({}, { name: 'cpu', threads: 1 });
    for (const [key, value] of Object.entries(known))
      if (typeof saved[key] !== typeof value) throw new TypeError(`'${key}' is ${JSON.stringify(saved[key])}`);
    return saved;
  } catch (cause) {
    throw new Refusal(`${spoken(file)} is damaged: ${(cause as Error).message}`, { cause });
  }
}

/**
 * What a run that goes on computes: as before, on the engine at hand, up to the number of steps that is asked for now.
 *
 * @param done Steps done.
 * @throws Refusal if there is nothing left to do.
 */
export function continued(
  saved: Configuration,
  { steps = saved.steps, samples = saved.samples }: Flags,
  done: number,
  isFinished: boolean,
): Configuration {
  if (steps < done || (steps === done && isFinished))
    throw new Refusal(`the run has done its ${done} steps: --steps must be more than that to go on, but is ${steps}`);
  return { ...saved, steps, samples };
}
