import { argMax, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';

/** Pictures of 784 bytes, one after another, and their classes. */
export interface Labelled {
  readonly sample: ArrayLike<number>;
  readonly classes: ArrayLike<number>;
}

/** The share of pictures that a classifier gets right. */
export async function accuracy(classify: (samples: Tensor) => Tensor, { sample, classes }: Labelled): Promise<number> {
  const size = 500;
  let right = 0;
  for (let start = 0; start < classes.length; start += size) {
    const count = Math.min(size, classes.length - start);
    const pixels = Float32Array.from({ length: count * 784 }, (_, i) => sample[start * 784 + i]! / 127.5 - 1);
    const said = tidy(() => argMax(classify(tensor4d(pixels, [count, 28, 28, 1])), 1));
    for (const [i, id] of (await said.data()).entries()) if (id === classes[start + i]) right++;
    said.dispose();
  }
  return right / classes.length;
}
