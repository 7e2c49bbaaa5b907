import {
  abs,
  add,
  lessEqual,
  matMul,
  mul,
  neg,
  pow,
  range,
  reshape,
  rsqrt,
  square,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';
import { float, pullback, sumTo } from './shapes-of.js';

interface Response {
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

/**
 * Normalisation by given moments,
 *
 *     y = (x - mean) * scale / sqrt(variance + epsilon) + offset
 *
 * with or without scale and offset (the stock gradient fails when one is absent), and by the channels around,
 *
 *     y = x / (bias + alpha * sum of x^2 over the channels within depthRadius) ^ beta
 */
export function registerNormalisationGradients(): void {
  replaceGradient(
    'FusedBatchNorm',
    ['x', 'mean', 'variance', 'scale'],
    (dy, saved, attributes: { varianceEpsilon: number }) => {
      const [x, mean, variance] = saved;
      const scale: Tensor | undefined = saved[3];
      const inverse = () => rsqrt(add(variance, attributes.varianceEpsilon));
      const scaled = (t: Tensor) => (scale ? mul(t, scale) : t);
      return {
        x: () => mul(dy, scaled(inverse())),
        mean: () => neg(sumTo(mul(dy, scaled(inverse())), mean.shape)),
        variance: () => sumTo(mul(mul(dy, sub(x, mean)), mul(-0.5, scaled(pow(inverse(), 3)))), variance.shape),
        scale: () => sumTo(mul(dy, mul(sub(x, mean), inverse())), mean.shape),
        offset: () => sumTo(dy, mean.shape),
      };
    },
  );

  replaceGradient('LRN', ['x'], (dy, [x], { depthRadius, bias, alpha, beta }: Response) => ({
    x: () => {
      const channels = x.shape[3]!;
      const index = range(0, channels, 1, 'float32');
      const around = float(lessEqual(abs(sub(reshape(index, [channels, 1]), index)), depthRadius));
      const definition = () => {
        const sums = reshape(matMul(reshape(square(x), [-1, channels]), around), x.shape);
        return mul(x, pow(add(bias, mul(alpha, sums)), -beta));
      };
      return pullback(definition, x, dy);
    },
  }));
}
