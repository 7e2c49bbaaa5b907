import type { Tensors } from '@gan/core';
import { add, mul, reshape, sub, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Points on the segments between two batches, by input: `fake` at share 0, `real` at share 1. Continuous inputs move with
 * the same share; int32 class ids are those of the real side.
 *
 * @param share One number for each pair, `[batch]`.
 */
export const between = (real: Tensors, fake: Tensors, share: Tensor): Tensors =>
  Object.fromEntries(
    Object.entries(real).map(([name, end]) => {
      if (end.dtype !== 'float32') return [name, end];
      const start = fake[name]!;
      const wide = reshape(share, [-1, ...end.shape.slice(1).map(() => 1)]);
      return [name, add(start, mul(wide, sub(end, start)))];
    }),
  );
