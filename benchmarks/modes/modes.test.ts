import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { modesFlags } from '../flags.js';
import { inChildren } from './in-children.js';
import { type ModesOptions, measuredModes } from './modes.js';
import { modesTable } from './table.js';
import { type Outcome, trained } from './trial.js';

const folder = mkdtempSync(join(tmpdir(), 'gan-modes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = (extra: Partial<ModesOptions> = {}): ModesOptions => ({
  suites: ['ring'],
  pairings: ['non-saturating', 'least squares'],
  seeds: [1],
  steps: 2,
  workers: 2,
  results: join(folder, 'modes.json'),
  ...extra,
});

describe('the mode benchmark', () => {
  it('measures what is not there yet, and gives the same figures again', async () => {
    const heard: string[] = [];
    const first = await measuredModes(options(), (line) => heard.push(line));
    expect(heard.length).toBe(2);
    expect(first.failures).toEqual([]);
    expect(first.outcomes.map(({ pairing }) => pairing)).toEqual(['non-saturating', 'least squares']);
    for (const { start, end, broke } of first.outcomes) {
      expect(broke).toBe(null);
      for (const { modes, share } of [start, end]) {
        expect(modes).toBeLessThanOrEqual(8);
        expect(share).toBeLessThanOrEqual(1);
      }
    }

    const more = await measuredModes(options({ seeds: [1, 2], pairings: ['least squares'] }), (line) =>
      heard.push(line),
    );
    expect(heard.slice(2).map((line) => line.split(':')[0])).toEqual(['ring, least squares, seed 2, 2 steps']);
    expect(more.outcomes[0]).toEqual(first.outcomes[1]);
    const { outcomes } = JSON.parse(readFileSync(join(folder, 'modes.json'), 'utf8')) as { outcomes: Outcome[] };
    expect(outcomes.length).toBe(3);

    const elsewhere = await measuredModes(
      options({ pairings: ['least squares'], results: join(folder, 'b.json') }),
      () => {},
    );
    const { milliseconds: _, ...figures } = elsewhere.outcomes[0]!;
    expect(first.outcomes[1]).toMatchObject(figures);
  }, 120_000);

  it('trains what takes longer for as many times the steps', { timeout: 120_000 }, async () => {
    const slow = ['Wasserstein, gradient penalty'];
    const { outcomes } = await measuredModes(options({ pairings: slow, results: join(folder, 'slow.json') }), () => {});
    expect(outcomes.map(({ steps }) => steps)).toEqual([4 * options({}).steps]);
  });

  it('goes on after a trial that fails, and says which', async () => {
    const result = await measuredModes(
      options({ pairings: ['no such loss', 'least squares'], workers: 1, results: join(folder, 'c.json') }),
      () => {},
    );
    expect(result.failures.length).toBe(1);
    expect(result.failures[0]).toMatch(/^ring, no such loss, seed 1, 2 steps: /);
    expect(result.outcomes.map(({ pairing }) => pairing)).toEqual(['least squares']);
  }, 60_000);

  it('gives the job after one that ended its process to a new one', async () => {
    const answers: unknown[] = [];
    const path = join(folder, 'child.mjs');
    writeFileSync(path, `process.on('message', ({ die }) => (die ? process.exit(3) : process.send({ result: 1 })));`);
    await inChildren(
      pathToFileURL(path),
      [{ die: true }, { die: false }],
      { children: 1, environment: {} },
      (_, answer) => {
        answers.push(answer);
      },
    );
    expect(answers).toEqual([{ error: 'the process ended with exit code 3' }, { result: 1 }]);
  });
});

describe('what counts as trained', () => {
  const outcome: Outcome = {
    suite: 'ring',
    pairing: 'least squares',
    seed: 1,
    steps: 10,
    start: { modes: 1, share: 0, reverseKL: 2 },
    end: { modes: 8, share: 0.9, reverseKL: 0.1 },
    broke: null,
    milliseconds: 25,
    engine: 'cpu 4.22.0',
  };
  const none = { modes: 0, share: 0, reverseKL: null };
  it('is a divergence below that of the start, and no broken loss', () => {
    expect(trained(outcome)).toBe(true);
    expect(trained({ ...outcome, broke: 50 })).toBe(false);
    expect(trained({ ...outcome, end: { ...outcome.end, reverseKL: 2 } })).toBe(false);
    expect(trained({ ...outcome, start: none })).toBe(true);
    expect(trained({ ...outcome, start: none, end: none })).toBe(false);
  });
  it('is shown by the median over seeds', () => {
    const ends = [0.1, 0.5, 2].map((reverseKL, k) => ({
      ...outcome,
      seed: k,
      end: { modes: 8 - k, share: 0.5, reverseKL },
    }));
    // Of three seeds the last has not come below 2.
    expect(modesTable({ outcomes: ends, failures: [] }).split('\n').at(-1)).toBe(
      '| ring | least squares | `least-squares` | 1611.04076 | 10 | 7 | 0.50 | 2.00 → 0.50 | 2 of 3 |',
    );
  });
});

describe('the flags of `modes`', () => {
  it('mean everything on the ring unless said', () => {
    const { suites, pairings, seeds, steps } = modesFlags([]);
    expect({ suites, seeds, steps }).toEqual({ suites: ['ring'], seeds: [1], steps: 1000 });
    expect(pairings).toContain('least squares');
    expect(modesFlags(['--seeds', '1,2,3', '--pairings', 'least squares; minimax'])).toMatchObject({
      seeds: [1, 2, 3],
      pairings: ['least squares', 'minimax'],
    });
  });
  it.each([
    [['--suites', 'moons'], "--suites must be one of ring, grid, but is 'moons'"],
    [['--seeds', '1,x'], "--seeds must be a whole number of at least 0, but is 'x'"],
    [['--steps', '0'], "--steps must be a whole number of at least 1, but is '0'"],
  ])('refuse %j', (given, sentence) => expect(() => modesFlags(given)).toThrow(new TypeError(sentence)));
});
