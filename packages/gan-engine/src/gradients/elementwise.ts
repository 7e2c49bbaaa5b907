import {
  cast,
  exp,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  minimum,
  mul,
  neg,
  onesLike,
  pow,
  sub,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { kernel } from '../kernels/call.js';
import { replaceGradient } from './replace-gradient.js';
import { sumTo } from './shapes-of.js';

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;
const float = (x: Tensor) => cast(x, 'float32');

/** Element-wise kernels whose gradient TensorFlow.js gets wrong somewhere, or cannot differentiate. */
export function registerElementwiseGradients(): void {
  // min(x, 0), for exp(x) overflows where the other branch is taken, and 0 * infinity is no number.
  replaceGradient('Selu', ['x'], (dy, [x]) => ({
    x: () => mul(dy, where(greater(x, 0), SELU_SCALE, mul(SELU_SCALE * SELU_ALPHA, exp(minimum(x, 0))))),
  }));

  // EluGrad(dy, y) is dy where y >= 0, else dy * (y + 1).
  replaceGradient('EluGrad', ['dy', 'y'], (ddx, [dy, y]) => ({
    dy: () => kernel('EluGrad', { dy: ddx, y }, {}),
    y: () => mul(mul(ddx, dy), float(less(y, 0))),
  }));

  // The stock gradients of these three forget that an input may have been broadcast.
  replaceGradient('Maximum', ['a', 'b'], (dy, [a, b]) => ({
    a: () => sumTo(mul(dy, float(greaterEqual(a, b))), a.shape),
    b: () => sumTo(mul(dy, float(less(a, b))), b.shape),
  }));
  replaceGradient('Minimum', ['a', 'b'], (dy, [a, b]) => ({
    a: () => sumTo(mul(dy, float(lessEqual(a, b))), a.shape),
    b: () => sumTo(mul(dy, float(greater(a, b))), b.shape),
  }));
  replaceGradient('SquaredDifference', ['a', 'b'], (dy, [a, b]) => ({
    a: () => sumTo(mul(dy, mul(2, sub(a, b))), a.shape),
    b: () => neg(sumTo(mul(dy, mul(2, sub(a, b))), b.shape)),
  }));

  // The logarithm is of 1 where the base is not positive: that of 0 has no derivative, not even times 0.
  replaceGradient('Pow', ['a', 'b'], (dy, [a, b]) => ({
    a: () => sumTo(mul(dy, mul(float(b), pow(a, sub(float(b), 1)))), a.shape),
    b: () => {
      const positive = greater(a, 0);
      const logarithm = where(positive, log(where(positive, a, onesLike(a))), zerosLike(a));
      return sumTo(mul(dy, mul(pow(a, b), logarithm)), b.shape);
    },
  }));
}
