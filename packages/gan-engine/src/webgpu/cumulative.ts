import { type KernelFunc, reshape, reverse, type Tensor, tidy, util } from '@tensorflow/tfjs-core';
import { attributes, inputOf, kernel } from '../kernels/call.js';

interface Attributes {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

/**
 * Sums or products along an axis, backwards by way of the reversed tensor: the backend's own keeps the length of the first axis it went
 * backwards along for all others.
 */
export const cumulative =
  (kernelName: string): KernelFunc =>
  (call) =>
    tidy(() => {
      const x = inputOf(call);
      const { axis, exclusive, reverse: backwards } = attributes<Attributes>(call);
      const [at = 0] = util.parseAxisParam(axis, x.shape);
      const flipped = (t: Tensor) => (backwards ? reverse(t, 1) : t);
      const sizes = [x.shape.slice(0, at), [x.shape[at]!], x.shape.slice(at + 1)].map(util.sizeFromShape);
      const forwards = { axis: 1, exclusive, reverse: false };
      const y = kernel(kernelName, { x: flipped(reshape(x, sizes)) }, forwards);
      return reshape(flipped(y), x.shape);
    });
