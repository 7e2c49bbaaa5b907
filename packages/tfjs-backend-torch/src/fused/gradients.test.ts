import '@tensorflow/tfjs-layers';
import {
  add,
  grad,
  grads,
  mul,
  pow,
  type Scalar,
  setBackend,
  square,
  sum,
  type Tensor,
  tensor,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { describeOnTorch, drawing, run } from '../differential.fixture.js';
import { liveHandles } from '../native/handle.js';
import { batchNormTraining } from './batch-norm.js';
import { registerTorchGradients } from './register-gradients.js';

/** The slope of a function of many numbers by central differences in float64: exact to some 1e-9 of what is of order 1. */
const slopes = (f: (x: readonly number[]) => number, at: readonly number[]): number[] =>
  at.map((value, index) => {
    const h = 1e-5;
    return (f(at.with(index, value + h)) - f(at.with(index, value - h))) / (2 * h);
  });

const expectClose = (actual: Tensor, expected: readonly number[]): void => {
  const largest = Math.max(...expected.map(Math.abs));
  const values = [...actual.dataSync()];
  expect(values).toHaveLength(expected.length);
  values.forEach((value, index) => {
    expect(Math.abs(value - expected[index]!), `${values} for ${expected}`).toBeLessThanOrEqual(2e-5 * largest);
  });
};

/** Columns of `rows` x `channels` numbers, row-major. */
const column = (x: readonly number[], channels: number, channel: number): number[] =>
  x.filter((_, index) => index % channels === channel);
const mean = (x: readonly number[]): number => x.reduce((all, value) => all + value, 0) / x.length;
const EPSILON = 1e-3;
const CHANNELS = 3;

/** Batch normalisation in float64, from its definition. */
const normalised = (x: readonly number[], scale: readonly number[], offset: readonly number[]): number[] =>
  x.map((value, index) => {
    const channel = index % CHANNELS;
    const all = column(x, CHANNELS, channel);
    const variance = mean(all.map((each) => (each - mean(all)) ** 2));
    return ((value - mean(all)) / Math.sqrt(variance + EPSILON)) * scale[channel]! + offset[channel]!;
  });

/** Its gradients for `dy`, by central differences of the definition. */
const backward = (dy: readonly number[], x: readonly number[], scale: readonly number[]) => {
  const along = (y: readonly number[]) => y.reduce((all, value, index) => all + value * dy[index]!, 0);
  const zero = scale.map(() => 0);
  return {
    dx: slopes((at) => along(normalised(at, scale, zero)), x),
    dscale: slopes((at) => along(normalised(x, at, zero)), scale),
  };
};

describeOnTorch('gradients of the fused kernels', () => {
  beforeAll(() => {
    registerTorchGradients();
    setBackend('torch');
  });

  const points = [-3.1, -0.7, -0.2, 0.3, 0.9, 2.5];
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const functions: Readonly<
    Record<string, { slope: (x: number) => number; y?: (x: number) => number; attributes?: object }>
  > = {
    ReluGrad: { slope: (x) => (x > 0 ? 1 : 0) },
    LeakyReluGrad: { slope: (x) => (x > 0 ? 1 : 0.2), attributes: { alpha: 0.2 } },
    TanhGrad: { slope: (x) => 1 - Math.tanh(x) ** 2, y: Math.tanh },
    SigmoidGrad: { slope: (x) => sigmoid(x) * (1 - sigmoid(x)), y: sigmoid },
    SoftplusGrad: { slope: sigmoid },
  };

  for (const [kernel, { slope, y, attributes }] of Object.entries(functions))
    it(`${kernel} is dy f'(x), and has the gradient of that at dy and at x`, () => {
      const live = liveHandles();
      const dys = [0.5, -1.5, 2, 1, -0.5, 0.7];
      tidy(() => {
        const backwards = (dy: Tensor, x: Tensor) =>
          run(kernel, { dy, x, ...(y && { y: tensor1d(points.map(y)) }) }, attributes) as Tensor;
        const squared = (dy: Tensor, x: Tensor) => sum(square(backwards(dy, x))) as Scalar;
        expectClose(
          backwards(tensor1d(dys), tensor1d(points)),
          points.map((x, index) => dys[index]! * slope(x)),
        );
        const [atDy, atX] = grads(squared)([tensor1d(dys), tensor1d(points)]);
        const total = (dy: readonly number[], x: readonly number[]) =>
          x.reduce((all, value, index) => all + (dy[index]! * slope(value)) ** 2, 0);
        expectClose(
          atDy!,
          slopes((at) => total(at, points), dys),
        );
        expectClose(
          atX!,
          slopes((at) => total(dys, at), points),
        );
      });
      expect(liveHandles()).toBe(live);
    });

  const draw = drawing(7);
  const numbers = (count: number, low = -1, high = 1) =>
    Array.from({ length: count }, () => low + ((high - low) * draw.whole(0, 1000)) / 1000);
  const [x, dy, scale, offset] = [numbers(12, -2, 2), numbers(12), numbers(3, 0.5, 1.5), numbers(3)];
  const [a, b, c] = [numbers(12), numbers(3), numbers(3)];
  const image = (values: readonly number[]) => tensor([...values], [2, 2, 1, 3]);
  const vector = (values: readonly number[]) => tensor1d([...values]);

  it('batch normalisation in training is its definition, and so is its gradient', () => {
    const live = liveHandles();
    tidy(() => {
      const result = batchNormTraining(image(x), vector(scale), vector(offset), EPSILON);
      expectClose(result.y, normalised(x, scale, offset));
      expectClose(
        result.mean,
        [0, 1, 2].map((channel) => mean(column(x, 3, channel))),
      );
      const along = (at: Tensor, by: Tensor, plus: Tensor) =>
        sum(mul(batchNormTraining(at, by, plus, EPSILON).y, image(dy))) as Scalar;
      const [dx, dscale, doffset] = grads(along)([image(x), vector(scale), vector(offset)]);
      const expected = backward(dy, x, scale);
      expectClose(dx!, expected.dx);
      expectClose(dscale!, expected.dscale);
      expectClose(
        doffset!,
        [0, 1, 2].map((channel) => 4 * mean(column(dy, 3, channel))),
      );
    });
    expect(liveHandles()).toBe(live);
  });

  it('the backward kernel of batch normalisation has the gradient of its own definition at dy, at x and at the scale', () => {
    const live = liveHandles();
    tidy(() => {
      const combined = (up: Tensor, at: Tensor, by: Tensor) => {
        const { mean: average, inverse } = batchNormTraining(image(x), by, vector(offset), EPSILON);
        const inputs = { dy: up, x: at, scale: by, mean: average, inverse };
        const [dx, dscale, doffset] = run('BatchNormTrainingGrad', inputs, { epsilon: EPSILON }) as [
          Tensor,
          Tensor,
          Tensor,
        ];
        return add(add(sum(mul(dx, image(a))), sum(mul(dscale, vector(b)))), sum(mul(doffset, vector(c)))) as Scalar;
      };
      const [atDy, atX, atScale] = grads(combined)([image(dy), image(x), vector(scale)]);
      // In closed form here, not by differences of differences: dx = scale r (dy - mean(dy) - n mean(dy n)), dscale = sum(dy n).
      const definition = (up: readonly number[], at: readonly number[], by: readonly number[]) => {
        const n = normalised(at, [1, 1, 1], [0, 0, 0]);
        return at.reduce((all, _, index) => {
          const channel = index % 3;
          const [ups, ns, values] = [column(up, 3, channel), column(n, 3, channel), column(at, 3, channel)];
          const r = 1 / Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)) + EPSILON);
          const dx =
            by[channel]! * r * (up[index]! - mean(ups) - n[index]! * mean(ups.map((value, row) => value * ns[row]!)));
          return all + dx * a[index]! + up[index]! * n[index]! * b[channel]! + up[index]! * c[channel]!;
        }, 0);
      };
      expectClose(
        atDy!,
        slopes((at) => definition(at, x, scale), dy),
      );
      expectClose(
        atX!,
        slopes((at) => definition(dy, at, scale), x),
      );
      expectClose(
        atScale!,
        slopes((at) => definition(dy, x, at), scale),
      );
    });
    expect(liveHandles()).toBe(live);
  });

  it('a gradient penalty through batch normalisation is right, where what was saved has another path', () => {
    const live = liveHandles();
    tidy(() => {
      // The penalty of sum(y^3): its gradient at x is that of batch normalisation for dy = 3 y^2.
      const inner = grad((at: Tensor) => sum(pow(batchNormTraining(at, vector(scale), vector(offset), EPSILON).y, 3)));
      const penalty = grad((at: Tensor) => sum(square(inner(at))));
      const exact = (at: readonly number[]) => {
        const y = normalised(at, scale, offset);
        const n = normalised(at, [1, 1, 1], [0, 0, 0]);
        return at.reduce((all, _, index) => {
          const channel = index % 3;
          const up = column(y, 3, channel).map((value) => 3 * value ** 2);
          const [ns, values] = [column(n, 3, channel), column(at, 3, channel)];
          const r = 1 / Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)) + EPSILON);
          const dx =
            scale[channel]! *
            r *
            (3 * y[index]! ** 2 - mean(up) - n[index]! * mean(up.map((value, row) => value * ns[row]!)));
          return all + dx ** 2;
        }, 0);
      };
      expectClose(penalty(image(x)), slopes(exact, x));
    });
    expect(liveHandles()).toBe(live);
  });
});
