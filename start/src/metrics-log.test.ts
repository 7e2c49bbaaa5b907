import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogLine, metricsLog } from './metrics-log.js';

const line = (step: number): LogLine => ({ step, seconds: step / 10, cpuSeconds: step / 5, losses: { d: 1, g: 2 } });
const text = (...lines: readonly LogLine[]) => lines.map((one) => `${JSON.stringify(one)}\n`).join('');

describe('the log of metrics', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gan-log-'));
    path = join(folder, 'metrics.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('begins empty and grows by a line', () => {
    const log = metricsLog(path, 0);
    expect(log.lines).toEqual([]);
    log.append(line(10));
    expect(log.lines).toEqual([line(10)]);
    expect(readFileSync(path, 'utf8')).toBe(text(line(10)));
  });

  it('goes on after the lines of a run that was stopped', () => {
    writeFileSync(path, text(line(10), line(20)));
    const log = metricsLog(path, 20);
    log.append(line(30));
    expect(readFileSync(path, 'utf8')).toBe(text(line(10), line(20), line(30)));
  });

  it('drops what was written after the checkpoint, and a line cut off', () => {
    writeFileSync(path, `${text(line(10), line(20))}{"step":2`);
    expect(metricsLog(path, 15).lines).toEqual([line(10)]);
    expect(readFileSync(path, 'utf8')).toBe(text(line(10)));
  });
});
