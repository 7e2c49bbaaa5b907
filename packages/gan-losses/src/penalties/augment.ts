import type { Random, Tensors } from '@gan/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Changes each sample of a batch at random without changing what it shows: `[batch, ...shape]` to the same shape. */
export type Augment = (samples: Tensor, random: Random) => Tensor;

/**
 * A judge's inputs, augmented: all that are continuous in the same way, each from the stream that `stream` begins anew.
 *
 * @throws TypeError if the result has another shape.
 */
export const augmented = (augment: Augment, inputs: Tensors, stream: () => Random): Tensors =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      if (value.dtype !== 'float32') return [name, value];
      const changed = augment(value, stream());
      const [before, after] = [value.shape.join('x'), changed.shape.join('x')];
      if (before !== after) throw new TypeError(`augment must keep the shape ${before}, but gives ${after}`);
      return [name, changed];
    }),
  );
