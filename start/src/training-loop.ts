import { join } from 'node:path';
import { writeCheckpoint } from '@gan/core';
import { writeGrid } from './digit-grid.js';
import { spelled } from './progress.js';
import type { Run } from './run.js';

/** Steps between two lines of the log; the first and the last have one too. */
const LOG_EVERY = 10;

/** Trains up to the configured number of steps, with a line in the log, a grid and a checkpoint every so often. */
export async function trainSteps(run: Run): Promise<void> {
  const { configuration, training, log, stopwatch, progress, signal } = run;
  const { steps, batch, gridEvery } = configuration;
  if (training.steps >= steps) return;
  const pace = paceFrom(training.steps, stopwatch.seconds());
  let begun = performance.now();
  for await (const step of training) {
    stopwatch.add(performance.now() - begun);
    const done = step.index + 1;
    const isLast = done === steps;
    const isLogged = done % LOG_EVERY === 0 || done === 1 || isLast;
    if (isLogged || progress.isDue()) {
      const losses = await step.losses();
      const { seconds, cpuSeconds } = stopwatch;
      if (isLogged) log.append({ step: done, seconds: seconds(), cpuSeconds: cpuSeconds(), losses });
      if (isLast || progress.isDue()) {
        const stepsPerSecond = pace(done, seconds());
        progress.show(
          spelled({
            step: done,
            steps,
            losses,
            imagesPerSecond: stepsPerSecond * batch,
            secondsLeft: (steps - done) / stepsPerSecond,
          }),
        );
      }
    }
    if (done % gridEvery === 0 && !isLast) {
      await writeGrid(run, `step-${String(done).padStart(6, '0')}`, 'averaged');
      await save(run);
    }
    signal.throwIfAborted();
    if (isLast) break;
    begun = performance.now();
  }
}

/** Saves all that it takes to go on. */
export const save = async ({ folder, training }: Run): Promise<void> =>
  writeCheckpoint(join(folder.path, 'checkpoint'), await training.checkpoint());

/** Steps a second since it was last asked. */
function paceFrom(step: number, seconds: number): (step: number, seconds: number) => number {
  let last = { step, seconds };
  return (step, seconds) => {
    const rate = (step - last.step) / Math.max(seconds - last.seconds, 1e-9);
    last = { step, seconds };
    return rate;
  };
}
