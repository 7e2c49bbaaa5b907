import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import {
  customGrad,
  type GradSaveFunc,
  grad,
  mul,
  scalar,
  setBackend,
  square,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { discardTape } from './cases/differences.cases.js';
import { mendTape } from './mend-tape.js';

beforeAll(async () => {
  await setBackend('cpu');
  mendTape();
});
afterEach(discardTape);

const derivatives = (f: (x: Tensor) => Tensor, at: number) =>
  tidy(() => [grad(f)(scalar(at)), grad(grad(f))(scalar(at))].map((g) => g.dataSync()[0]));

describe('mendTape', () => {
  it('makes a customGrad that saves its output right to second order', () => {
    const cube = customGrad((x, save) => {
      const y = mul(square(x as Tensor), x as Tensor);
      (save as GradSaveFunc)([x as Tensor, y]);
      return { value: y, gradFunc: (dy, [x, y]) => mul(dy as Tensor, mul(3, mul(y!, mul(x!, scalar(1 / 0.49))))) };
    });
    // Its gradient is 3 y x / 0.49, which is 3 x^2 at x = 0.7 only: 1.47; times x, the derivative is that of x^4.
    const [first, second] = derivatives((x) => cube(x), 0.7);
    expect(first).toBeCloseTo(1.47, 5);
    // d/dx (3 x^4 / 0.49) with y' = 3 y x / 0.49 of its own: 3 / 0.49 (y' x + y) = 3 / 0.49 (1.47 * 0.7 + 0.343) = 8.4.
    expect(second).toBeCloseTo(8.4, 4);
  });

  it('refuses, with a sentence, to differentiate a gradient that keeps a value computed inside it', () => {
    const fourth = customGrad((x, save) => {
      const inside = square(x as Tensor);
      (save as GradSaveFunc)([inside, x as Tensor]);
      return { value: square(inside), gradFunc: (dy, [inside, x]) => mul(dy as Tensor, mul(4, mul(inside!, x!))) };
    });
    expect(tidy(() => grad(fourth)(scalar(2)).dataSync()[0])).toBe(32);
    expect(() => tidy(() => grad(grad(fourth))(scalar(2)))).toThrow(
      /keeps a value computed inside it and cannot be differentiated again: write it with plain ops/,
    );
  });

  it('lets a gradient save a constant from outside', () => {
    const weight = scalar(3);
    const weighted = customGrad((x, save) => {
      (save as GradSaveFunc)([weight, x as Tensor]);
      return {
        value: mul(weight, square(x as Tensor)),
        gradFunc: (dy, [w, x]) => mul(dy as Tensor, mul(2, mul(w!, x!))),
      };
    });
    expect(derivatives(weighted, 2)).toEqual([12, 6]);
    weight.dispose();
  });
});
