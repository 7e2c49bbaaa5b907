import type { Flags } from '../flags.mjs';
import { Interrupted, interruption } from './interruption.js';
import { play } from './play.js';
import { prepared } from './prepare.js';
import { progress } from './progress.js';
import { fileFault, Refusal, refusing } from './refusal.js';

/**
 * `npm start`: trains a class-conditional DCGAN on real digits.
 *
 * @returns The exit code: 0, 2 if what was asked for cannot be done, and what shells expect after a signal.
 */
export async function main(flags: Flags): Promise<number> {
  const shown = progress();
  const stop = interruption();
  try {
    const { run, dispose } = await refusing(() => prepared(flags, shown, stop.signal));
    try {
      await play(run);
    } finally {
      dispose();
    }
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return error.code;
    const sentence = error instanceof Refusal ? error.message : fileFault(error);
    if (sentence === undefined) throw error;
    console.error(sentence);
    return 2;
  } finally {
    stop.dispose();
  }
}
