import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  conv2d,
  engine,
  fused,
  mean,
  memory,
  setBackend,
  square,
  type Tensor,
  tensor,
  tidy,
  util,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerGradients } from './register-gradients.js';

beforeAll(async () => {
  await setBackend('cpu');
  registerGradients();
});

const filled = (shape: number[], seed: number): Tensor =>
  tensor(
    Float32Array.from({ length: util.sizeFromShape(shape) }, (_, i) => Math.sin(seed + i)),
    shape,
  );

/** The kernels that computing these gradients runs, by name and count. */
function kernelsOf(
  loss: () => Tensor,
  at: Tensor[],
): { readonly values: readonly Float32Array[]; readonly ran: Record<string, number> } {
  const ran: Record<string, number> = {};
  const { runKernel } = engine();
  engine().runKernel = function (this: unknown, ...call: Parameters<typeof runKernel>) {
    ran[call[0]] = (ran[call[0]] ?? 0) + 1;
    return runKernel.apply(engine(), call);
  } as typeof runKernel;
  try {
    const values = tidy(() =>
      engine()
        .gradients(loss as never, at, undefined as never, true)
        .grads.map((slope) => slope.dataSync() as Float32Array),
    );
    return { values, ran };
  } finally {
    engine().runKernel = runKernel;
  }
}

describe('a fused convolution', () => {
  const x = filled([2, 6, 6, 3], 1);
  const filter = filled([3, 3, 3, 4], 2);
  const bias = filled([4], 3);
  const ours = () =>
    mean(square(fused.conv2d({ x: x as never, filter: filter as never, bias, strides: 2, pad: 'same' })));
  const plain = () => mean(square(add(conv2d(x as never, filter as never, 2, 'same'), bias)));

  it('has the gradients of a convolution and an addition', () => {
    const all = [x, filter, bias];
    const { values } = kernelsOf(ours, all);
    kernelsOf(plain, all).values.forEach((expected, i) => {
      expected.forEach((value, k) => {
        expect(values[i]![k]).toBeCloseTo(value, 5);
      });
    });
  });
  it('computes only the gradient that is asked for', () => {
    expect(kernelsOf(ours, [filter]).ran).not.toHaveProperty('Conv2DBackpropInput');
    expect(kernelsOf(ours, [x]).ran).not.toHaveProperty('Conv2DBackpropFilter');
  });
  it('leaves nothing behind, and leaves complaints to TensorFlow.js', () => {
    const before = memory().numTensors;
    kernelsOf(ours, [x, filter, bias]);
    expect(() =>
      kernelsOf(() => mean(fused.conv2d({ x: x as never, filter: bias as never, strides: 1, pad: 'same' })), [x]),
    ).toThrow('rank 4');
    expect(memory().numTensors).toBe(before);
  });
});

describe('a fused product', () => {
  const bias = filled([5], 3);
  for (const [transposeA, transposeB] of [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ] as const)
    it(`has the gradients of a product and an addition (transposed: ${transposeA}, ${transposeB})`, () => {
      const a = filled(transposeA ? [4, 3] : [3, 4], 1);
      const b = filled(transposeB ? [5, 4] : [4, 5], 2);
      const slopes = kernelsOf(
        () => mean(square(fused.matMul({ a, b, bias, transposeA, transposeB }))),
        [a, b, bias],
      ).values;
      const at = (i: number, k: number, shift: number): number =>
        tidy(() => {
          const moved = [a, b, bias].map((part, j) => {
            const values = part.dataSync().slice();
            if (j === i) values[k]! += shift;
            return tensor(values, part.shape);
          });
          return mean(
            square(fused.matMul({ a: moved[0]!, b: moved[1]!, bias: moved[2]!, transposeA, transposeB })),
          ).dataSync()[0]!;
        });
      // Central differences with a step of 0.01 of a quadratic: exact but for rounding.
      slopes.forEach((slope, i) => {
        slope.forEach((value, k) => {
          expect((at(i, k, 0.01) - at(i, k, -0.01)) / 0.02).toBeCloseTo(value, 3);
        });
      });
    });
  it('computes only the gradient that is asked for', () => {
    const [a, b] = [filled([3, 4], 1), filled([4, 5], 2)];
    const { ran } = kernelsOf(() => mean(fused.matMul({ a, b })), [b]);
    // One for the product itself is fused; one for the gradient.
    expect(ran['BatchMatMul']).toBe(1);
  });
});
