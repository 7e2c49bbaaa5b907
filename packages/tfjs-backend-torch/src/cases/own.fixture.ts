import { add, div, mean, mul, rsqrt, sigmoid, sqrt, square, step, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { type Cases, type Draw, one, run } from '../differential.fixture.js';

/** Tensors of one shape. */
const alike = <N extends string>(draw: Draw, shape: number[], ...names: N[]): Record<N, Tensor> =>
  Object.fromEntries(names.map((name) => [name, draw(shape)])) as Record<N, Tensor>;

/** Everything but the last dimension. */
const rows = ({ rank }: Tensor): number[] => Array.from({ length: rank - 1 }, (_, axis) => axis);

const EPSILON = 1e-3;

/** The statistics of each channel. */
const statistics = (x: Tensor) => {
  const average = mean(x, rows(x));
  return { average, inverse: rsqrt(add(mean(square(sub(x, average)), rows(x)), EPSILON)) };
};

/** Kernels that this backend alone has, beside the formulas that they stand for, out of ops of TensorFlow.js. */
export const own: Cases = {
  ReluGrad: (draw) => {
    const { dy, x } = alike(draw, draw.sizes(2), 'dy', 'x');
    return draw.reference ? mul(dy, step(x)) : one('ReluGrad', { dy, x });
  },
  LeakyReluGrad: (draw) => {
    const { dy, x } = alike(draw, draw.sizes(2), 'dy', 'x');
    return draw.reference ? mul(dy, step(x, 0.2)) : one('LeakyReluGrad', { dy, x }, { alpha: 0.2 });
  },
  TanhGrad: (draw) => {
    const { dy, x } = alike(draw, draw.sizes(2), 'dy', 'x');
    const y = one('Tanh', { x });
    return draw.reference ? mul(dy, sub(1, square(y))) : one('TanhGrad', { dy, x, y });
  },
  SigmoidGrad: (draw) => {
    const { dy, x } = alike(draw, draw.sizes(2), 'dy', 'x');
    const y = one('Sigmoid', { x });
    return draw.reference ? mul(dy, mul(y, sub(1, y))) : one('SigmoidGrad', { dy, x, y });
  },
  SoftplusGrad: (draw) => {
    const { dy, x } = alike(draw, draw.sizes(2), 'dy', 'x');
    return draw.reference ? mul(dy, sigmoid(x)) : one('SoftplusGrad', { dy, x });
  },
  BatchNormTraining: (draw) => {
    const shape = draw.shape(draw.whole(2, 4)).map((size) => size + 1);
    const [x, scale, offset] = [draw(shape), draw([shape.at(-1)!]), draw([shape.at(-1)!])];
    if (!draw.reference) return run('BatchNormTraining', { x, scale, offset }, { epsilon: EPSILON });
    const { average, inverse } = statistics(x);
    return [add(mul(mul(sub(x, average), inverse), scale), offset), average, inverse];
  },
  // dx = scale / n * inverse * (n dy - sum dy - normal * sum (dy * normal)), for the n rows of each channel.
  BatchNormTrainingGrad: (draw) => {
    const shape = [draw.whole(4, 9), ...draw.shape(draw.whole(1, 3))];
    const { dy, x } = alike(draw, shape, 'dy', 'x');
    const scale = draw([shape.at(-1)!]);
    const { average, inverse } = statistics(x);
    const inputs = { dy, x, scale, mean: average, inverse };
    if (!draw.reference) return run('BatchNormTrainingGrad', inputs, { epsilon: EPSILON });
    const normal = mul(sub(x, average), inverse);
    const [dscale, doffset] = [sum(mul(dy, normal), rows(x)), sum(dy, rows(x))];
    const count = x.size / shape.at(-1)!;
    const spread = sub(sub(mul(dy, count), doffset), mul(normal, dscale));
    return [mul(spread, mul(div(scale, count), inverse)), dscale, doffset];
  },
  FusedAdam: (draw) => {
    const shapes = [draw.shape(draw.whole(1, 4), 3), draw.shape(1)];
    const numbers = { update: draw.whole(1, 9), learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 };
    const weightDecay = draw.pick([0, 0.1]);
    const positive = (shape: number[], least: number) => draw(shape, 'float32', [least, 4]);
    const all = shapes.map((shape) => ({
      p: draw(shape),
      g: positive(shape, 1),
      m: positive(shape, 1),
      v: positive(shape, 0.1),
    }));
    const inputs = Object.assign(
      {},
      ...all.map((of, index) => ({
        [`p${index}`]: of.p,
        [`g${index}`]: of.g,
        [`m${index}`]: of.m,
        [`v${index}`]: of.v,
      })),
    );
    if (!draw.reference) return run('FusedAdam', inputs, { ...numbers, weightDecay, count: 2 });
    const stepped = all.map(({ p, g, m, v }) => {
      const first = add(mul(m, 0.5), mul(g, 0.5));
      const second = add(mul(v, 0.9), mul(square(g), 1 - 0.9));
      const corrected = sqrt(div(second, 1 - 0.9 ** numbers.update));
      const move = div(div(first, 1 - 0.5 ** numbers.update), add(corrected, numbers.epsilon));
      return { parameter: sub(mul(p, 1 - 0.1 * weightDecay), mul(move, 0.1)), first, second };
    });
    return (['parameter', 'first', 'second'] as const).flatMap((name) => stepped.map((of) => of[name]));
  },
  FusedAverage: (draw) => {
    const { a0, v0 } = alike(draw, draw.sizes(2), 'a0', 'v0');
    if (draw.reference) return add(mul(a0, 0.9), mul(v0, 1 - 0.9));
    return run('FusedAverage', { a0, v0 }, { count: 1, decay: 0.9 });
  },
};
