import '@tensorflow/tfjs-layers';
import {
  add,
  conv2d,
  dispose,
  elu,
  engine,
  exp,
  fill,
  grad,
  leakyRelu,
  linspace,
  matMul,
  mean,
  memory,
  mul,
  ones,
  scalar,
  selu,
  setBackend,
  sigmoid,
  softmax,
  step,
  sub,
  sum,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  tanh,
  tensor1d,
  image as tfImage,
  tidy,
} from '@tensorflow/tfjs-core';
import { beforeEach, expect, it } from 'vitest';
import { describeOnTorch } from './differential.fixture.js';
import { doubles, readDoubles } from './doubles.js';
import { fusedAdam } from './fused/adam.js';
import { fusedAverage } from './fused/average.js';
import { batchNormTraining } from './fused/batch-norm.js';
import { liveHandles } from './native/handle.js';
import { operatorsInSingles } from './singles.fixture.js';

const xs = Float64Array.of(-1.7, -0.3, 0.1, 0.9, 2.3, 3.1);

/** The numbers of a result, as they are held. */
const held = (body: () => Tensor): number[] => {
  const result = tidy(body);
  const values = [...readDoubles(result)];
  result.dispose();
  return values;
};

const expectClose = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expect(Math.abs(value - expected[index]!), `${value} for ${expected[index]}`).toBeLessThanOrEqual(
      1e-12 * Math.max(1, Math.abs(expected[index]!)),
    );
  });
};

describeOnTorch('float32 held in doubles', () => {
  beforeEach(() => {
    setBackend('torch-float64');
  });

  it('keeps what float32 loses: (1e8 + 1) - 1e8 is 1', () => {
    const difference = () => tidy(() => sub(add(scalar(1e8), 1), 1e8).dataSync()[0]);
    expect(difference()).toBe(1);
    setBackend('torch');
    expect(difference()).toBe(0);
  });

  const sigma = (x: number) => 1 / (1 + Math.exp(-x));
  // Klambauer et al. (2017), arXiv:1706.02515, equation 2 and its two constants.
  const [scale, alpha] = [1.0507009873554805, 1.6732632423543772];
  const functions: readonly (readonly [string, (x: Tensor) => Tensor, (x: number) => number])[] = [
    ['exp', exp, Math.exp],
    ['tanh', tanh, Math.tanh],
    ['sigmoid', sigmoid, sigma],
    ['elu', elu, (x) => (x > 0 ? x : Math.expm1(x))],
    ['selu', selu, (x) => scale * (x > 0 ? x : alpha * Math.expm1(x))],
    ['leakyRelu of 0.2, which float32 has not', (x) => leakyRelu(x, 0.2), (x) => (x > 0 ? x : 0.2 * x)],
    ['step of 0.1', (x) => step(x, 0.1), (x) => (x > 0 ? 1 : 0.1)],
    ['mul by itself', (x) => mul(x, x), (x) => x * x],
  ];
  it.each(functions)('computes %s as JavaScript does', (_, op, f) => {
    expectClose(
      held(() => op(doubles(xs))),
      [...xs].map(f),
    );
  });

  it('computes functions of integers in doubles too', () => {
    expectClose(
      held(() => exp(tensor1d([1, -2], 'int32'))),
      [Math.E, Math.exp(-2)],
    );
    expectClose(
      held(() => mean(tensor1d([1, 0, 0], 'int32'))),
      [1 / 3],
    );
  });

  it('steps at the smallest of doubles', () => {
    expect(held(() => step(doubles(Float64Array.of(2 ** -1074, -(2 ** -1074), 0, Number.NaN))))).toEqual([
      1,
      0,
      0,
      Number.NaN,
    ]);
  });

  it('takes numbers among the attributes as they are', () => {
    expect(held(() => fill([2], 0.1))).toEqual([0.1, 0.1]);
    expectClose(
      held(() => linspace(0, 1, 4)),
      [0, 1 / 3, 2 / 3, 1],
    );
  });

  it('computes products, softmax and convolutions', () => {
    // The sum of squares, by one product.
    const squares = [...xs].reduce((all, x) => all + x * x, 0);
    expectClose(
      held(() => matMul(doubles(xs, [1, 6]) as never, doubles(xs, [6, 1]) as never)),
      [squares],
    );
    const total = [...xs].reduce((all, x) => all + Math.exp(x), 0);
    expectClose(
      held(() => softmax(doubles(xs))),
      [...xs].map((x) => Math.exp(x) / total),
    );
    // A window over all of an image is a product of both.
    expectClose(
      held(() => conv2d(doubles(xs, [1, 2, 3, 1]) as Tensor4D, doubles(xs, [2, 3, 1, 1]) as Tensor4D, 1, 'valid')),
      [squares],
    );
  });

  it('resizes by shares in doubles', () => {
    // Of two places, the second of three takes a third of the first and two thirds of the second: source 1 * 2 / 3.
    const resized = held(() =>
      tfImage.resizeBilinear(doubles(Float64Array.of(0.1, 0.7), [1, 2, 1]) as Tensor3D, [1, 3]),
    );
    expectClose(resized, [0.1, 0.1 / 3 + (0.7 * 2) / 3, 0.7]);
  });

  it('differentiates in doubles', () => {
    const slope = (x: Tensor) => grad((y) => sum(mul(y, tanh(y))))(x);
    expectClose(
      held(() => slope(doubles(xs))),
      // (x tanh x)' = tanh x + x (1 - tanh^2 x)
      [...xs].map((x) => Math.tanh(x) + x * (1 - Math.tanh(x) ** 2)),
    );
  });

  it('normalises a batch with its statistics', () => {
    const average = [...xs].reduce((all, x) => all + x, 0) / 6;
    const variance = [...xs].reduce((all, x) => all + (x - average) ** 2, 0) / 6;
    const inverse = 1 / Math.sqrt(variance + 1e-3);
    const y = held(
      () =>
        batchNormTraining(doubles(xs, [6, 1]), doubles(Float64Array.of(0.7)), doubles(Float64Array.of(0.1)), 1e-3).y,
    );
    expectClose(
      y,
      [...xs].map((x) => (x - average) * inverse * 0.7 + 0.1),
    );
  });

  it('takes steps of Adam, and follows them', () => {
    const [p, g] = [0.3, 0.7];
    const constants = { learningRate: 0.01, beta1: 0.5, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
    let [m, v, expected] = [0, 0, p];
    let [parameters, first, second] = [
      [doubles(Float64Array.of(p))],
      [doubles(Float64Array.of(0))],
      [doubles(Float64Array.of(0))],
    ];
    const gradients = [doubles(Float64Array.of(g))];
    for (let update = 1; update <= 3; update++) {
      [m, v] = [0.5 * m + 0.5 * g, 0.999 * v + 0.001 * g * g];
      expected -= (0.01 * (m / (1 - 0.5 ** update))) / (Math.sqrt(v / (1 - 0.999 ** update)) + 1e-8);
      const next = fusedAdam({ ...constants, update, parameters, gradients, first, second });
      dispose([parameters, first, second]);
      ({ parameters, first, second } = next as { parameters: Tensor[]; first: Tensor[]; second: Tensor[] });
    }
    expectClose([...readDoubles(parameters[0]!)], [expected]);
    const followed = fusedAverage({ w: gradients[0]! }, { w: parameters[0]! }, 0.9);
    expectClose([...readDoubles(followed.w)], [0.9 * g + 0.1 * expected]);
    dispose([parameters, first, second, gradients, followed]);
  });

  it('rounds to float32 when it is read or moves, and not before', () => {
    const third = doubles(Float64Array.of(1 / 3));
    expect(third.dtype).toBe('float32');
    expect([...third.dataSync()]).toEqual([Math.fround(1 / 3)]);
    expect([...readDoubles(third)]).toEqual([1 / 3]);
    setBackend('torch');
    expect([...readDoubles(third)]).toEqual([Math.fround(1 / 3)]);
    setBackend('torch-float64');
    expect([...readDoubles(third)]).toEqual([Math.fround(1 / 3)]);
    third.dispose();
  });

  it('tells how much memory doubles take', () => {
    const [{ numBytes }, live] = [memory(), liveHandles()];
    const before = (memory() as { numBytesInTorch?: number }).numBytesInTorch!;
    const x = fill([10], 1);
    expect((memory() as { numBytesInTorch?: number }).numBytesInTorch).toBe(before + 80);
    expect(memory().numBytes).toBe(numBytes + 40);
    expect(memory()).toMatchObject({ unreliable: true, reasons: [expect.stringContaining('numBytesInTorch')] });
    x.dispose();
    expect(liveHandles()).toBe(live);
  });

  it('is seen to be lost where an operator works in singles, as it does in the other precision', () => {
    const product = () => tidy(() => matMul(ones([1, 1]), ones([1, 1])).shape);
    expect(operatorsInSingles(product).singles).toEqual([]);
    setBackend('torch');
    expect(operatorsInSingles(product).singles).toEqual(['aten::matmul']);
  });

  it('leaves the other precision as it was, also after an error', () => {
    expect(() => engine().runKernel('MatMul', {})).toThrow();
    setBackend('torch');
    expect(held(() => fill([1], 0.1))).toEqual([Math.fround(0.1)]);
    setBackend('cpu');
    expect(() => doubles(xs)).toThrow("doubles are held by the backend 'torch-float64', but the current one is 'cpu'");
  });
});
