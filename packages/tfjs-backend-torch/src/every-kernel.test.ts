import { getKernelsForBackend } from '@tensorflow/tfjs-core';
import { afterAll, expect, it } from 'vitest';
import { allCases as cases } from './cases/all.fixture.js';
import { describeOnTorch, expectSame } from './differential.fixture.js';
import { fallback as byCpu } from './kernels/fallback.js';

/** Every kernel on random shapes, types and attributes, beside the cpu backend or, where that is wrong, beside a plainer way. */

/** How many times each case is drawn. */
const TIMES = process.env['GAN_NIGHTLY'] ? 400 : 40;

describeOnTorch('every kernel', () => {
  const errors = new Map<string, number>();

  it('has a case, and each case a kernel', () => {
    const kernels = getKernelsForBackend('torch').map(({ kernelName }) => kernelName);
    expect(Object.keys(cases).sort()).toEqual(kernels.sort());
    expect(
      getKernelsForBackend('cpu')
        .map(({ kernelName }) => kernelName)
        .filter((name) => !(name in cases)),
    ).toEqual([]);
  });

  it('falls back on the cpu backend in at most twelve', () => {
    expect(byCpu.length).toBeLessThanOrEqual(12);
  });

  for (const [kernel, body] of Object.entries(cases))
    it(`${kernel} gives what it gives elsewhere`, () => {
      for (let seed = 1; seed <= TIMES; seed++)
        errors.set(kernel, Math.max(errors.get(kernel) ?? 0, expectSame(body, seed)));
    });

  afterAll(() => {
    const [[kernel, error] = ['none', 0]] = [...errors].sort((a, b) => b[1] - a[1]);
    console.info(
      `${errors.size} kernels, ${errors.size * TIMES} cases; the largest error is ${error.toExponential(1)}, of ${kernel}`,
    );
  });
});
