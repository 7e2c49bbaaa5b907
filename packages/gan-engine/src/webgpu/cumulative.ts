import { engine, type KernelFunc, reshape, reverse, type Tensor, tidy, util } from '@tensorflow/tfjs-core';

/**
 * Sums or products along an axis, backwards by way of the reversed tensor: the backend's own keeps the length of the first axis it went
 * backwards along for all others.
 */
export const cumulative =
  (kernelName: string): KernelFunc =>
  ({ inputs, attrs }) =>
    tidy(() => {
      const x = inputs['x'] as Tensor;
      const {
        axis,
        exclusive,
        reverse: backwards,
      } = attrs as unknown as Record<'exclusive' | 'reverse', boolean> & {
        axis: number;
      };
      const [at = 0] = util.parseAxisParam(axis, x.shape);
      const flipped = (t: Tensor) => (backwards ? reverse(t, 1) : t);
      const sizes = [x.shape.slice(0, at), [x.shape[at]!], x.shape.slice(at + 1)].map(util.sizeFromShape);
      const forwards = { axis: 1, exclusive, reverse: false } as never;
      const y = engine().runKernel(kernelName, { x: flipped(reshape(x, sizes)) }, forwards) as Tensor;
      return reshape(flipped(y), x.shape);
    });
