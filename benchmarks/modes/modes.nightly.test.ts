import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModesResult, measuredModes } from './modes.js';
import { pairings } from './pairings.js';
import { modesTable } from './table.js';

const names = Object.keys(pairings);

describe('every adversarial loss, with the regulariser of its paper', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-modes-'));
  let result: ModesResult;

  beforeAll(async () => {
    const results = join(folder, 'modes.json');
    const workers = availableParallelism();
    result = await measuredModes(
      { suites: ['ring'], pairings: names, seeds: [1], steps: 1000, workers, results },
      () => {},
    );
    console.log(modesTable(result));
  }, 3_600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(names)('covers the ring more evenly than at the start, and never breaks: %s', (name) => {
    expect(result.failures).toEqual([]);
    const { start, end, broke } = result.outcomes.find(({ pairing }) => pairing === name)!;
    expect(broke).toBe(null);
    // Where no point is near a mode, the divergence is null for infinite.
    expect(end.reverseKL ?? Number.POSITIVE_INFINITY).toBeLessThan(start.reverseKL ?? Number.POSITIVE_INFINITY);
  });
});
