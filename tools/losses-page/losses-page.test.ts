import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../benchmarks/cost/catalogue.js';
import { pairings } from '../../benchmarks/modes/pairings.js';
import { lossesPage } from './page.js';
import { factories, fileOf, secondOrder, told } from './sources.js';

beforeAll(async () => {
  await setBackend('cpu');
});

describe('docs/losses.md', () => {
  it('is what the terms say now: else run `npm run docs:losses`', () => {
    const before = memory().numTensors;
    const page = lossesPage();
    expect(readFileSync(new URL('../../docs/losses.md', import.meta.url), 'utf8')).toBe(page);
    expect(memory().numTensors).toBe(before);
  });

  it('tells of every term that there is', () => {
    expect([...Object.keys(catalogue)].sort()).toEqual([...factories()].sort());
  });

  it('shows what trains of every adversarial term', () => {
    const played = new Set(Object.values(pairings).flatMap(({ objective }) => objective.map(({ name }) => name)));
    for (const { kind, term } of Object.values(catalogue))
      if (kind === 'adversarial') expect(played).toContain(term.name);
  });
});

describe('the conformance kit', () => {
  it('is run on every term that there is, beside those of its folder', () => {
    for (const name of factories()) {
      const folder = dirname(fileOf(name));
      const kit = new URL(`../../packages/gan-losses/src/${folder}/conformance.test.ts`, import.meta.url);
      expect(readFileSync(kit, 'utf8')).toMatch(new RegExp(`\\b${name}\\(`));
    }
  });
});

describe('what a doc comment tells', () => {
  it('is a summary, a formula and papers', () => {
    expect(told('hinge')).toEqual({
      summary: 'The hinge loss: the judge is taught only by samples inside the margin of 1 or on its wrong side:',
      rest: '',
      formula: expect.stringContaining(
        'discriminator:  mean max(0, 1 - real) + mean max(0, 1 + fake)\ngenerator:     -mean fake',
      ),
      papers: expect.stringMatching(/^Lim, Ye \(2017\), arXiv:1705\.02894; Miyato et al\./),
    });
    expect(() => told('nothing')).toThrow(new TypeError("@gan/losses has no export 'nothing'"));
  });
  it('has a formula and a paper for every term', () => {
    for (const name of factories()) {
      const { formula, papers, summary } = told(name);
      expect([name, formula !== '', summary !== '', /\(\d{4}\)/.test(papers)]).toEqual([name, true, true, true]);
    }
  });
  it('leaves it to the code whether a gradient is differentiated', () => {
    expect(['r1', 'gradientPenalty', 'pathLength', 'wassersteinDivergence'].map(secondOrder)).toEqual(
      Array(4).fill(true),
    );
    expect(['hinge', 'l1', 'leCam', 'topK'].map(secondOrder)).toEqual(Array(4).fill(false));
  });
});
