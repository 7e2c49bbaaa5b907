/** A child process that plays trials, one at a time: see `in-children.ts`. */
import { outcomeOf, type Trial } from './trial.js';

process.on('message', async (trial: Trial) => {
  try {
    process.send!({ result: await outcomeOf(trial) });
  } catch (error) {
    process.send!({ error: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit());
