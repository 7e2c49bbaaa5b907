import { assertKnownOptions, assertPositive, shown } from '@gan/core';
import { add, div, exp, log1p, mul, type Tensor } from '@tensorflow/tfjs-core';
import { squaredDistances } from './pairs.js';

/**
 * How alike each sample is to each other, `[left, right]`, of features `[left, ...]` and `[right, ...]`; symmetric,
 * positive definite, differentiable.
 */
export type Kernel = (left: Tensor, right: Tensor) => Tensor;

/**
 * A sum of Gaussian kernels of several widths,
 *
 *     k(x, y) = sum over s of exp(-|x - y|^2 / (2 s^2))
 *
 * @param options.deviations The widths s; 1, sqrt 2, 2, sqrt 8 and 4 in the paper, and so here unless said.
 * @throws TypeError unless the widths are positive finite numbers, one at least.
 * @see Li et al. (2017), arXiv:1705.08584, section 5; Li, Swersky, Zemel (2015), arXiv:1502.02761, section 2.
 */
export function gaussianMixture(options: { readonly deviations?: readonly number[] } = {}): Kernel {
  assertKnownOptions('gaussianMixture', options, ['deviations']);
  const { deviations = [1, Math.SQRT2, 2, Math.sqrt(8), 4] } = options;
  assertWidths('deviations', deviations);
  return (left, right) => {
    const distances = squaredDistances(left, right);
    return deviations.map((s): Tensor => exp(div(distances, -2 * s * s))).reduce((sum, one) => add(sum, one));
  };
}

/**
 * A sum of rational quadratic kernels, each an infinite mixture of Gaussian ones, which still tell far samples apart,
 *
 *     k(x, y) = sum over a of (1 + |x - y|^2 / (2 a))^-a
 *
 * Unlike the paper's k^rq*, it has no linear kernel added; a kernel is a function, so one of your own may add it.
 *
 * @param options.powers The powers a; 0.2, 0.5, 1, 2 and 5, as in the paper, unless said.
 * @throws TypeError unless the powers are positive finite numbers, one at least.
 * @see Binkowski et al. (2018), arXiv:1801.01401, section 2.
 */
export function rationalQuadratic(options: { readonly powers?: readonly number[] } = {}): Kernel {
  assertKnownOptions('rationalQuadratic', options, ['powers']);
  const { powers = [0.2, 0.5, 1, 2, 5] } = options;
  assertWidths('powers', powers);
  return (left, right) => {
    const distances = squaredDistances(left, right);
    return powers.map((a): Tensor => exp(mul(log1p(div(distances, 2 * a)), -a))).reduce((sum, one) => add(sum, one));
  };
}

function assertWidths(name: string, widths: readonly number[]): void {
  if (!Array.isArray(widths) || widths.length === 0)
    throw new TypeError(`${name} must be a list of one positive number at least, but is ${shown(widths)}`);
  widths.forEach((width, i) => {
    assertPositive(`${name}[${i}]`, width);
  });
}
