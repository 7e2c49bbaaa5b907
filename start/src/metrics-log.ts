import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { writeWhole } from './run-folder.js';
import type { Beginning } from './summary.js';

/** One line of `metrics.jsonl`. */
export interface LogLine {
  /** Steps done. */
  readonly step: number;
  /** Seconds of training, and of processor time of everything, since the run began; stops do not count. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** By `<player>/<term>`. */
  readonly losses?: Readonly<Record<string, number>>;
  /** What was measured before the first step. */
  readonly beginning?: Beginning;
}

/** What a run has written down, and a place for more. */
export interface MetricsLog {
  readonly lines: readonly LogLine[];
  readonly append: (line: LogLine) => void;
}

/**
 * Opens the log at a step: what was written after it (by a process that was killed before it saved) is dropped, since it
 * will come again.
 *
 * @param step Steps done.
 */
export function metricsLog(path: string, step: number): MetricsLog {
  const written = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const lines = written.flatMap(parsed).filter((line) => line.step <= step);
  writeWhole(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return {
    lines,
    append: (line) => {
      appendFileSync(path, `${JSON.stringify(line)}\n`);
      lines.push(line);
    },
  };
}

/** A line cut off by the end of its process counts for nothing. */
function parsed(line: string): LogLine[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
