import { assertCount, assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import {
  add,
  conv2d,
  div,
  mean,
  mul,
  reshape,
  square,
  sub,
  type Tensor,
  type Tensor4D,
  tensor,
  transpose,
} from '@tensorflow/tfjs-core';
import { assertAlike, assertPictures } from './distances.js';

/** Options of `ssim`. */
export interface SsimOptions {
  /** From the darkest to the brightest that a pixel may be: 2 for samples in [-1, 1], which it is unless said. */
  readonly range?: number;
  /** The side of the window, in pixels; 11 unless said. */
  readonly window?: number;
  /** The standard deviation of the window, in pixels; 1.5 unless said. */
  readonly sigma?: number;
  /** Steadies the comparison of dark regions, as a share of the range; 0.01 unless said. */
  readonly k1?: number;
  /** Steadies the comparison of even regions, as a share of the range; 0.03 unless said. */
  readonly k2?: number;
}

/**
 * Structural similarity as a loss: how two pictures differ in local brightness, contrast and structure,
 *
 *     1 - mean SSIM,    SSIM = (2 m_l m_r + c1) (2 s_lr + c2) / ((m_l^2 + m_r^2 + c1) (s_l^2 + s_r^2 + c2))
 *
 * with the means m, variances s^2 and covariance s_lr of left and right under a Gaussian window, c1 = (k1 range)^2 and
 * c2 = (k2 range)^2. The mean is over the batch, the channels, each by itself, and all places where the whole window
 * lies within the picture. It is 0 for a picture and itself, and at most 2.
 *
 * Calculated as (1 - (m_l - m_r)^2 / (m_l^2 + m_r^2 + c1)) (1 - v / (s_l^2 + s_r^2 + c2)), v being the variance of left -
 * right, which is the same but does not lose what little differs to rounding.
 *
 * @returns A term for whoever makes `left` or `right`, two pictures `[batch, height, width, channels]` of one shape.
 * @throws TypeError if an option is not a positive number; when it is played, if the two differ in shape, or are smaller
 *   than the window.
 * @see Wang, Bovik, Sheikh, Simoncelli (2004), "Image quality assessment: from error visibility to structural
 * similarity", equation 13; Zhao et al. (2017), arXiv:1511.08861, for it as a loss.
 */
export function ssim(options: SsimOptions = {}) {
  assertKnownOptions('ssim', options, ['range', 'window', 'sigma', 'k1', 'k2']);
  const { range = 2, window = 11, sigma = 1.5, k1 = 0.01, k2 = 0.03 } = options;
  assertCount('window', window);
  for (const [name, value] of Object.entries({ range, sigma, k1, k2 })) assertPositive(name, value);
  const [c1, c2] = [(k1 * range) ** 2, (k2 * range) ** 2];
  return defineTerm({
    name: 'ssim',
    reads: {},
    samples: ['left', 'right'],
    generator: ({ samples: { left, right } }) => {
      assertAlike('ssim', left, right);
      assertPictures('ssim', left, window);
      const [l, r] = [planes(left), planes(right)];
      const difference = sub(l, r);
      const local = (of: Tensor) => blurred(of, gaussian(window, sigma));
      const [meanLeft, meanRight, meanDifference] = [local(l), local(r), local(difference)];
      const squares = add(square(meanLeft), square(meanRight));
      const variances = sub(local(add(square(l), square(r))), squares);
      const apart = sub(local(square(difference)), square(meanDifference));
      const brightness = sub(1, div(square(meanDifference), add(squares, c1)));
      return sub(1, mean(mul(brightness, sub(1, div(apart, add(variances, c2))))));
    },
  });
}

/** The channels of pictures, each as a picture of one. */
function planes(pictures: Tensor): Tensor {
  const [, height, width] = pictures.shape as [number, number, number];
  return reshape(transpose(pictures, [0, 3, 1, 2]), [-1, height, width, 1]);
}

/** Weights proportional to exp(-x^2 / (2 sigma^2)) at the distances x from the middle, which sum to 1. */
function gaussian(size: number, sigma: number): number[] {
  const bell = Array.from({ length: size }, (_, i) => Math.exp(-0.5 * ((i - (size - 1) / 2) / sigma) ** 2));
  const sum = bell.reduce((total, value) => total + value, 0);
  return bell.map((value) => value / sum);
}

/** Means under a window that is the product of `profile` with itself, where it lies within the picture. */
function blurred(of: Tensor, profile: readonly number[]): Tensor {
  const size = profile.length;
  const across = (pictures: Tensor, height: number, width: number) =>
    conv2d(pictures as Tensor4D, tensor([...profile], [height, width, 1, 1]) as Tensor4D, 1, 'valid');
  return across(across(of, size, 1), 1, size);
}
