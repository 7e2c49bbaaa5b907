import '@tensorflow/tfjs-backend-cpu';
import { getGradient, grad, memory, mul, scalar, setBackend, tanh } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradientCases } from './cases/all.cases.js';
import { compositionsOf, gradientErrors } from './cases/differences.cases.js';
import { registerGradients } from './register-gradients.js';

/** Central differences of float32 values are good to some 1e-5 of the largest entry; a wrong term is of its order. */
const TOLERANCE = 1e-3;

beforeAll(async () => {
  await setBackend('cpu');
  registerGradients();
});

describe('registerGradients', () => {
  it.each(gradientCases.filter(({ order }) => order === undefined))(
    'makes first and second derivatives of $name agree with central differences',
    (one) => {
      for (const composition of compositionsOf(one)) {
        const { first, second } = gradientErrors(one, composition);
        expect(first, `first of ${composition}`).toBeLessThan(TOLERANCE);
        expect(second, `second of ${composition}`).toBeLessThan(TOLERANCE);
      }
    },
  );

  it.each(gradientCases.filter(({ order }) => order === 1))(
    'makes the first derivative of $name right, and lets the second throw rather than lie',
    (one) => {
      for (const composition of compositionsOf(one)) {
        const { first, second } = gradientErrors(one, composition);
        expect(first).toBeLessThan(TOLERANCE);
        expect(second).toBe(Number.POSITIVE_INFINITY);
      }
    },
  );

  it('gives x tanh(x) its third derivative', () => {
    // d3 (x t) = 3 t'' + x t''' with t' = 1 - t^2, t'' = -2 t t', t''' = -2 t'^2 + 4 t^2 t'; at 0.7: -2.5706.
    const t = Math.tanh(0.7);
    const t1 = 1 - t * t;
    const expected = -6 * t * t1 + 0.7 * (4 * t * t * t1 - 2 * t1 * t1);
    const before = memory().numTensors;
    const x = scalar(0.7);
    const third = grad(grad(grad((x) => mul(x, tanh(x)))))(x);
    expect(third.dataSync()[0]).toBeCloseTo(expected, 4);
    x.dispose();
    third.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('may be called again', () => {
    registerGradients();
    registerGradients();
    expect(getGradient('Tanh')?.kernelName).toBe('Tanh');
    const x = scalar(0.7);
    // 2 t' + x t'' = 0.732 (exact 0.73247).
    expect(grad(grad((x) => mul(x, tanh(x))))(x).dataSync()[0]).toBeCloseTo(0.7325, 3);
  });
});
