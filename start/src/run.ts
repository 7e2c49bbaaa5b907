import type { EngineReport } from '@gan/engine';
import type { Configuration } from './configuration.js';
import type { DigitTraining } from './digit-game.js';
import type { Gauge } from './evaluation.js';
import type { MetricsLog } from './metrics-log.js';
import type { Progress } from './progress.js';
import type { RunFolder } from './run-folder.js';
import type { Stopwatch } from './stopwatch.js';

/** A run that is ready to go, or to go on. */
export interface Run {
  readonly folder: RunFolder;
  readonly configuration: Configuration;
  readonly engine: EngineReport;
  readonly training: DigitTraining;
  readonly gauge: Gauge;
  readonly log: MetricsLog;
  readonly stopwatch: Stopwatch;
  readonly progress: Progress;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
}
