import { beforeAll, describe, expect, it } from 'vitest';
import { engine } from '../engine.js';
import { gradientCases } from '../gradients/cases/all.cases.js';
import { compositionsOf, gradientErrors } from '../gradients/cases/differences.cases.js';
import { findLibtorch } from '../libtorch/find-libtorch.js';

const { found } = await findLibtorch();
const absent = found.length === 0;

describe.skipIf(absent)(`the gradients on libtorch${absent ? ' (skipped: no libtorch on this machine)' : ''}`, () => {
  beforeAll(async () => {
    await engine({ use: 'torch-cpu' });
  });

  // A local response normalisation is not among its kernels.
  const cases = gradientCases.filter(({ name }) => name !== 'localResponseNormalization');
  it.each(cases)('agree with central differences in $name', (one) => {
    for (const composition of compositionsOf(one)) {
      const { first, second } = gradientErrors(one, composition);
      expect(first, `first of ${composition}`).toBeLessThan(1e-3);
      if (one.order === 1) expect(second).toBe(Number.POSITIVE_INFINITY);
      else expect(second, `second of ${composition}`).toBeLessThan(1e-3);
    }
  });
});
