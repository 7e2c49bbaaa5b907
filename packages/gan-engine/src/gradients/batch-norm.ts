import { add, mul, neg, pow, rsqrt, sub, type Tensor } from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';
import { sumTo } from './shapes-of.js';

/**
 * Normalisation by given moments,
 *
 *     y = (x - mean) * scale / sqrt(variance + epsilon) + offset
 *
 * with or without scale and offset; the stock gradient fails when one is absent.
 */
export function registerBatchNormGradient(): void {
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
}
