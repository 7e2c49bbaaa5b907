import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import {
  customGrad,
  engine,
  type GradSaveFunc,
  grad,
  memory,
  mul,
  scalar,
  setBackend,
  square,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { mendTape } from './mend-tape.js';

beforeAll(async () => {
  await setBackend('cpu');
  mendTape();
});

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

  it('differentiates a gradient again that keeps a value computed inside it', () => {
    const fourth = customGrad((x, save) => {
      const inside = square(x as Tensor);
      (save as GradSaveFunc)([inside, x as Tensor]);
      return { value: square(inside), gradFunc: (dy, [inside, x]) => mul(dy as Tensor, mul(4, mul(inside!, x!))) };
    });
    // 4 x^3 and 12 x^2 at 2.
    expect(derivatives(fourth, 2)).toEqual([32, 48]);
  });

  it('differentiates inside the gradient of an op', () => {
    const cube = customGrad((x, save) => {
      (save as GradSaveFunc)([x as Tensor]);
      return {
        value: mul(square(x as Tensor), x as Tensor),
        gradFunc: (dy, [x]) => mul(dy as Tensor, grad((x) => mul(square(x), x))(x!)),
      };
    });
    // 3 x^2 and 6 x at 2.
    expect(derivatives((x) => cube(x), 2)).toEqual([12, 12]);
  });

  it('leaves neither tensors nor a tape where a gradient throws', () => {
    const before = memory().numTensors;
    const x = scalar(2);
    const refusing = customGrad((x, save) => {
      (save as GradSaveFunc)([x as Tensor]);
      return {
        value: square(x as Tensor),
        gradFunc: () => {
          throw new Error('not this one');
        },
      };
    });
    expect(() => grad((x) => mul(x, refusing(x)))(x)).toThrow('not this one');
    expect(memory().numTensors).toBe(before + 1);
    expect(tidy(() => grad(square)(x).dataSync()[0])).toBe(4);
    x.dispose();
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

  it('stays after a reset of the engine', async () => {
    engine().reset();
    await setBackend('cpu');
    // x^3 at 2: 3 x^2 and 6 x.
    expect(derivatives((x) => mul(square(x), x), 2)).toEqual([12, 12]);
  });
});
