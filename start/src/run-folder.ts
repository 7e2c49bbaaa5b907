import { accessSync, constants, existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Refusal } from './refusal.js';

/** Where a run keeps what it writes. */
export interface RunFolder {
  readonly name: string;
  readonly path: string;
  /** The folder of all runs, as the user said it. */
  readonly out: string;
}

/** Where runs are kept unless the user says otherwise. */
export const RUNS = 'runs';

/** The command that goes on with a run. */
export const resumeCommand = ({ name, out }: RunFolder): string =>
  `npm start -- --resume ${name}${out === RUNS ? '' : ` --out ${out}`}`;

/** A path as the user would type it. */
export const spoken = (path: string): string => relative(process.cwd(), path) || '.';

const folder = (out: string, name: string): RunFolder => ({ name, path: resolve(out, name), out });

/** @throws Refusal if there is no such run. */
export function existingRun(out: string, name: string): RunFolder {
  const run = folder(out, name);
  if (!existsSync(join(run.path, 'config.json')))
    throw new Refusal(`there is no run '${name}' in ${spoken(resolve(out))} to go on with`);
  return run;
}

/**
 * Looks whether a new run could be written, before anything slow is done for it.
 *
 * @throws Refusal if the name is taken or the folder cannot be written.
 */
export function assertFree(out: string, name: string | undefined): void {
  if (name !== undefined && existsSync(folder(out, name).path)) throw taken(out, name);
  let nearest = resolve(out);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    if (!statSync(nearest).isDirectory()) throw new Error('it is no folder');
    accessSync(nearest, constants.W_OK);
  } catch (cause) {
    throw new Refusal(
      `${spoken(nearest)} cannot be written (${(cause as Error).message}): choose another folder with --out`,
      { cause },
    );
  }
}

/** Makes the folder of a new run; without a name, that of the next number. */
export function newRun(out: string, name: string | undefined): RunFolder {
  mkdirSync(out, { recursive: true });
  for (let number = 1; ; number++) {
    const run = folder(out, name ?? `digits-${number}`);
    try {
      mkdirSync(run.path);
      return run;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (name !== undefined) throw taken(out, name);
    }
  }
}

const taken = (out: string, name: string) =>
  new Refusal(
    `there is a run '${name}' in ${spoken(resolve(out))} already: --resume ${name} goes on with it, another --name starts anew`,
  );

/** Writes a file whole or not at all. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const unfinished = `${path}.part`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, path);
}

/** Writes a value as JSON, whole or not at all. */
export const writeJson = (path: string, value: unknown): void =>
  writeWhole(path, `${JSON.stringify(value, undefined, 2)}\n`);
