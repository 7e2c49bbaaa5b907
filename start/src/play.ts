import { join } from 'node:path';
import { digitTraining } from './digit-game.js';
import { writeGrid } from './digit-grid.js';
import { quality, reference, verdict } from './evaluation.js';
import { Interrupted } from './interruption.js';
import type { Run } from './run.js';
import { resumeCommand, spoken, writeJson } from './run-folder.js';
import { type Beginning, SAMPLED, summarised, told } from './summary.js';
import { save, trainSteps } from './training-loop.js';

/**
 * Plays a run to its end: measures, trains, measures again, and writes everything down. When the user stops it, it saves
 * and says how to go on.
 *
 * @throws Interrupted if the user stopped it.
 */
export async function play(run: Run): Promise<void> {
  const { folder, progress } = run;
  try {
    if (run.training.steps === 0) await save(run);
    const beginning = await measuredBeginning(run);
    await trainSteps(run);
    await save(run);
    await finish(run, beginning);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    await save(run);
    progress.say(`Stopped and saved after ${run.training.steps} steps. To go on: ${resumeCommand(folder)}`);
    throw error;
  }
}

/** What was measured before the first step, or else is measured now, with weights made anew from the seed. */
async function measuredBeginning({
  training,
  configuration,
  gauge,
  log,
  stopwatch,
  progress,
}: Run): Promise<Beginning> {
  const known = log.lines.find((line) => line.beginning)?.beginning;
  if (known) return known;
  progress.say('Measuring what an untrained generator makes');
  const untrained = digitTraining(configuration, gauge.real.training);
  try {
    const { frechet, classAgreement } = await quality(untrained, 'raw', gauge);
    const beginning = { frechet, classAgreement, ...(await reference(gauge)) };
    log.append({ step: training.steps, seconds: stopwatch.seconds(), cpuSeconds: stopwatch.cpuSeconds(), beginning });
    return beginning;
  } finally {
    untrained.dispose();
  }
}

async function finish(run: Run, beginning: Beginning): Promise<void> {
  const { folder, configuration, training, gauge, progress } = run;
  progress.say('Measuring what it makes now');
  const grids = [await writeGrid(run, 'final-averaged', 'averaged'), await writeGrid(run, 'final-raw', 'raw')];
  const summary = summarised(run, beginning, {
    averaged: await quality(training, 'averaged', gauge),
    raw: await quality(training, 'raw', gauge),
    verdict: await verdict(training, gauge, configuration.batch),
  });
  writeJson(join(folder.path, 'summary.json'), summary);
  for (const line of ['', ...told(summary)]) progress.say(line);
  progress.say(`written             ${spoken(folder.path)}: config.json, metrics.jsonl, checkpoint/, summary.json,`);
  progress.say(`                    ${grids.join(', ')} (${SAMPLED} weights are the default)`);
}
