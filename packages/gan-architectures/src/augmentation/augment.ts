import { type Random, shown } from '@gan/core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';

/** Changes each picture of a batch at random, `[batch, height, width, channels]` to the same shape. */
export type Augment = (samples: Tensor, random: Random) => Tensor;

/** @throws TypeError unless `samples` are pictures; `who` augments them. */
export function assertPictures(who: string, samples: Tensor): asserts samples is Tensor4D {
  if (samples.rank !== 4)
    throw new TypeError(
      `${who} is for pictures, [height, width, channels], but a sample has shape ${shown(samples.shape.slice(1))}`,
    );
}
