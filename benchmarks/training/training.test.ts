import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { trainingFlags } from '../flags.js';
import { catalogue } from './catalogue.js';
import { trainingTable } from './table.js';
import { measuredTraining, type TrainingResult } from './training.js';
import type { Outcome } from './trial.js';

const folder = mkdtempSync(join(tmpdir(), 'gan-training-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the training benchmark', () => {
  it('trains what is not there yet, shows it, and reads the rest', async () => {
    const heard: string[] = [];
    const options = {
      ...{ networks: ['mlp'], seed: 1, steps: 2 },
      ...{ results: join(folder, 'training.json'), pages: join(folder, 'pages') },
    };
    const first = await measuredTraining(options, (line) => heard.push(line));
    expect(heard.at(-1)).toMatch(/^mlp, seed 1, 2 steps: distance /);
    const [outcome] = first.outcomes as [Outcome];
    expect(outcome).toMatchObject({
      networks: 'mlp',
      steps: 2,
      batch: 64,
      extractor: 'digit-classifier',
      samples: 2000,
    });
    // Noise is far from digits, and halves of the digits are near one another.
    expect(outcome.start).toBeGreaterThan(100);
    expect(outcome.halves).toBeLessThan(10);
    expect(outcome.end).not.toBe(outcome.start);
    expect(outcome.agreement).toBe(null);
    expect(statSync(join(folder, 'pages', 'mlp.png')).size).toBeGreaterThan(1000);
    const { outcomes } = JSON.parse(readFileSync(options.results, 'utf8')) as TrainingResult;
    expect(outcomes).toEqual(first.outcomes);

    const before = heard.length;
    expect(await measuredTraining(options, (line) => heard.push(line))).toEqual(first);
    expect(heard.length).toBe(before);
  }, 240_000);

  it('shows outcomes with what was trained', () => {
    const outcome: Outcome = {
      ...{ networks: 'conditional', seed: 1, steps: 10, batch: 64, extractor: 'digit-classifier', samples: 2000 },
      ...{ start: 400, end: 90.25, halves: 3.2, agreement: 0.874, seconds: 5, engine: 'libtorch 2.15.0' },
    };
    expect(
      trainingTable({ outcomes: [outcome] })
        .split('\n')
        .at(-1),
    ).toBe(
      '| conditional | 1411.1784 | DCGAN, class beside the latents | DCGAN, class as a channel | non-saturating | digits, by digit-classifier | 10 x 64 | 400.0 | 90.3 | 3.2 | 87% |',
    );
  });
});

describe('the flags of `training`', () => {
  it('mean everything for as many steps as the catalogue says, unless said', () => {
    const { networks, seed, steps } = trainingFlags([]);
    expect({ networks, seed, steps }).toEqual({ networks: Object.keys(catalogue), seed: 1, steps: undefined });
    expect(trainingFlags(['--networks', 'wgan-gp,stylegan', '--steps', '800'])).toMatchObject({
      networks: ['wgan-gp', 'stylegan'],
      steps: 800,
    });
  });
  it.each([
    [['--networks', 'vae'], '--networks must be one of stylegan, wgan-gp, '],
    [['--steps', '0'], "--steps must be a whole number of at least 1, but is '0'"],
  ])('refuse %j', (given, sentence) => expect(() => trainingFlags(given)).toThrow(sentence));
});
