import {
  abs,
  acos,
  acosh,
  all,
  argMax,
  argMin,
  asinh,
  atanh,
  batchToSpaceND,
  bincount,
  complex,
  cos,
  cumprod,
  cumsum,
  div,
  engine,
  fft,
  greater,
  ifft,
  matMul,
  max,
  mean,
  neg,
  pad,
  prod,
  randomUniform,
  real,
  reshape,
  setBackend,
  sigmoid,
  sin,
  spaceToBatchND,
  stridedSlice,
  sum,
  type Tensor,
  tan,
  tensor,
  tidy,
  transpose,
  unique,
  where,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { besideCpu, expectClose, gradientsOfDcgan } from '../kernels/beside-cpu.fixture.js';
import { gradientsOfConvolution } from '../kernels/convolution.fixture.js';
import { noAdapter } from './adapter.fixture.js';

const random = (shape: number[], seed = 1) => randomUniform(shape, -1, 1, 'float32', seed);
const agree = async (compute: () => Tensor[], tolerance = 1e-5) => {
  const [expected, found] = await besideCpu('webgpu', compute);
  expectClose(found, expected, tolerance);
};
/** On the device alone: what lies in JavaScript still is computed there. */
const uploaded = (x: Tensor) => where(greater(random(x.shape, 9), -2), x, x);

describe.skipIf(noAdapter !== '')(`the completed WebGPU backend${noAdapter}`, () => {
  it('turns, reduces and chooses among tensors of eight axes', async () => {
    const shape = [2, 3, 1, 2, 2, 1, 3, 2];
    await agree(() => {
      const x = uploaded(reshape(random([144]), [12, 12]));
      const wide = reshape(x, shape);
      return [
        transpose(wide, [1, 0, 3, 2, 5, 4, 7, 6]),
        transpose(wide, [7, 6, 5, 4, 3, 2, 1, 0]),
        sum(wide, [0, 2, 4, 6]),
        mean(wide, [1, 3], true),
        max(wide, [7]),
        prod(wide, [0, 5], true),
        all(greater(wide, -2), [1, 6]),
        abs(wide),
      ];
    });
  });

  it('pads, cuts and moves blocks of tensors of five axes', async () => {
    await agree(() => {
      const x = uploaded(random([2, 4, 4, 4, 3]));
      const blocks = spaceToBatchND(
        x,
        [2, 2, 2],
        [
          [0, 0],
          [2, 0],
          [0, 2],
        ],
      );
      return [
        pad(
          x,
          [
            [0, 0],
            [1, 0],
            [0, 2],
            [1, 1],
            [0, 0],
          ],
          0.5,
        ),
        stridedSlice(x, [0, 3, 0, 1, 0], [2, 0, 4, 4, 3], [1, -2, 2, 1, 1]),
        stridedSlice(x, [1, 3, 0, 1, 2], [2, -9, 4, 4, -9], [1, -1, 3, 2, -2]),
        blocks,
        batchToSpaceND(
          blocks,
          [2, 2, 2],
          [
            [0, 0],
            [2, 0],
            [0, 2],
          ],
        ),
        where(greater(x, 0), x, neg(x)),
      ];
    });
  });

  it('accumulates backwards along axes of several lengths', async () => {
    await agree(() =>
      [3, 5, 2].flatMap((length) => {
        const x = uploaded(random([2, length, 2]));
        return [
          cumsum(x, 1, false, true),
          cumsum(x, 1, true, true),
          cumsum(x, 1, true),
          cumprod(x, 1, false, true),
          cumsum(reshape(x, [2, 1, length, 1, 2]), 2),
        ];
      }),
    );
  });

  it('finds the first of equal numbers, in vectors too, and passes NaN over', async () => {
    await setBackend('webgpu');
    tidy(() => {
      // Long enough for the program that divides a row among threads: 7 comes at 1 and at 64.
      const row = Array.from({ length: 100 }, (_, i) => (i === 1 || i === 64 ? 7 : i % 5));
      expect(argMax(uploaded(tensor([row, row])), 1).arraySync()).toEqual([1, 1]);
      expect(argMin(uploaded(tensor([row, row])), 1).arraySync()).toEqual([0, 0]);
      expect(argMax(uploaded(tensor([1, Number.NaN, 3]))).arraySync()).toBe(2);
      expect(argMin(tensor([4, 2, 2], [3], 'int32')).arraySync()).toBe(1);
    });
  });

  it('has sines that are exact, and keeps NaN', async () => {
    await setBackend('webgpu');
    const xs = Float32Array.from({ length: 4001 }, (_, i) => (i - 2000) * 0.5037);
    const worst = (f: (x: Tensor) => Tensor, truth: (x: number) => number) =>
      tidy(() => f(tensor(xs)).dataSync<'float32'>()).reduce(
        (most, y, i) => Math.max(most, Math.abs(y - truth(xs[i]!))),
        0,
      );
    expect(worst(sin, Math.sin)).toBeLessThan(2e-7);
    expect(worst(cos, Math.cos)).toBeLessThan(2e-7);
    const within = (x: Tensor) => div(x, 1100);
    expect(
      worst(
        (x) => tan(within(x)),
        (x) => Math.tan(x / 1100),
      ),
    ).toBeLessThan(1e-6);
    expect(
      worst(
        (x) => acos(within(x)),
        (x) => Math.acos(x / 1100),
      ),
    ).toBeLessThan(1e-6);
    for (const f of [sigmoid, acosh, asinh, atanh])
      expect(tidy(() => f(tensor([1.5, Number.NaN])).dataSync()[1])).toBeNaN();
  });

  it('transforms rows, whatever their number of axes, and counts what JavaScript has to', async () => {
    await agree(() => {
      const x = complex(random([2, 3, 6]), random([2, 3, 6], 2));
      const there = fft(x);
      return [real(there), real(ifft(there)), bincount(tensor([1, 2, 2], [3], 'int32'), tensor([]), 4)];
    });
    await setBackend('webgpu');
    const { values, indices } = unique(tensor([4, 4, 2]));
    expect([values.arraySync(), indices.arraySync()]).toEqual([
      [4, 2],
      [0, 0, 1],
    ]);
    for (const t of [values, indices]) t.dispose();
  });

  it.each([
    { x: [4, 16, 16, 8], filter: [4, 4, 8, 16], strides: 2, pad: 'same' },
    { x: [2, 9, 7, 3], filter: [3, 3, 3, 5], strides: 1, pad: 'valid' },
    { x: [3, 8, 8, 4], filter: [3, 3, 4, 4], strides: 1, pad: 1 },
  ] as const)('convolves and goes back as JavaScript does ($x, $filter, $strides, $pad)', async (of) =>
    agree(() => gradientsOfConvolution(of)),
  );

  it.each([
    [1, 7, 5],
    [64, 100, 128],
    [130, 33, 9],
    [16, 1024, 1],
  ])('multiplies matrices of %i x %i x %i, turned or not', async (rows, inner, columns) => {
    await agree(() => [
      matMul(random([rows, inner]), random([inner, columns], 2)),
      matMul(random([inner, rows]), random([columns, inner], 2), true, true),
    ]);
  });

  it('has the gradients of a DCGAN that JavaScript has', async () => agree(gradientsOfDcgan, 1e-4));

  it('leaves no data behind', async () => {
    await setBackend('webgpu');
    const before = engine().backend.numDataIds();
    tidy(() => sum(argMax(cumsum(sin(random([5, 6])), 1, false, true), 1)).dataSync());
    expect(engine().backend.numDataIds()).toBe(before);
  });
});
