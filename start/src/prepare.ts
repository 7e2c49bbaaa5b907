import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkpoint, readCheckpoint } from '@gan/core';
import { digitClassifier } from '@gan/metrics';
import type { Flags } from '../flags.mjs';
import { chosenEngine } from './chosen-engine.js';
import { type Configuration, configured, isSlow } from './configuration.js';
import { digitTraining } from './digit-game.js';
import { metricsLog } from './metrics-log.js';
import type { Progress } from './progress.js';
import { realDigits } from './real-digits.js';
import type { Run } from './run.js';
import { assertFree, existingRun, newRun, RUNS, type RunFolder, spoken, writeJson } from './run-folder.js';
import { continued, savedConfiguration } from './saved-configuration.js';
import { stopwatch } from './stopwatch.js';

/** A run that was stopped. */
interface Saved {
  readonly folder: RunFolder;
  readonly configuration: Configuration;
  readonly checkpoint: Checkpoint;
}

/**
 * Makes a run ready, new or resumed. Nothing is written until everything has proved to fit.
 *
 * @throws Refusal, TypeError or FormatError if it does not: the message says what and how to mend it.
 */
export async function prepared(
  flags: Flags,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ readonly run: Run; readonly dispose: () => void }> {
  const { out = RUNS, name, resume } = flags;
  const saved = resume === undefined ? undefined : await savedRun(existingRun(out, resume), flags);
  if (!saved) assertFree(out, name);

  const engine = await chosenEngine({ ...engineOf(saved), ...flags }, progress, signal);
  signal.throwIfAborted();
  const configuration = saved
    ? { ...saved.configuration, engine: engine.name, threads: engine.threads }
    : configured(flags, engine);
  if (!saved && isSlow(engine.name))
    progress.say(
      `Without libtorch a step of the whole network takes seconds: this run has ${configuration.filters} filters and ${configuration.steps} steps, and measures by ${configuration.samples} digits.`,
    );
  if (saved && engine.name !== saved.configuration.engine)
    progress.say(`The run began on ${saved.configuration.engine}: on ${engine.name} it goes on, but with other bits.`);

  const real = await realDigits(configuration.seed);
  const classifier = await digitClassifier();
  const training = digitTraining(configuration, real.training, saved?.checkpoint);
  const folder = saved?.folder ?? newRun(out, name);
  writeJson(join(folder.path, 'config.json'), configuration);
  const log = metricsLog(join(folder.path, 'metrics.jsonl'), training.steps);
  progress.say(
    `${saved ? `Going on with ${folder.name} at step ${training.steps}` : `Run ${folder.name}`}, in ${spoken(folder.path)}`,
  );

  const { samples, seed } = configuration;
  return {
    run: {
      folder,
      configuration,
      engine,
      training,
      gauge: { real, classifier, samples, seed, signal },
      log,
      stopwatch: stopwatch(log.lines.at(-1) ?? { seconds: 0, cpuSeconds: 0 }),
      progress,
      signal,
    },
    dispose: () => {
      training.dispose();
      classifier.dispose();
    },
  };
}

const engineOf = (saved: Saved | undefined) =>
  saved ? { engine: saved.configuration.engine, threads: saved.configuration.threads } : {};

async function savedRun(folder: RunFolder, flags: Flags): Promise<Saved> {
  const checkpoint = await readCheckpoint(join(folder.path, 'checkpoint'));
  const done = checkpoint.manifest.step;
  const before = savedConfiguration(folder);
  const summary = join(folder.path, 'summary.json');
  const isFinished = existsSync(summary) && JSON.parse(readFileSync(summary, 'utf8')).steps === done;
  return { folder, checkpoint, configuration: continued(before, flags, done, isFinished) };
}
