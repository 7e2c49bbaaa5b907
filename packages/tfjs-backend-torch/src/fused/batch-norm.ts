import { engine, type Tensor } from '@tensorflow/tfjs-core';

/** What a batch normalised by itself gives. The statistics carry no gradient. */
export interface NormalisedBatch<T extends Tensor> {
  /** `(x - mean) * inverse * scale + offset`, in the shape of x. */
  readonly y: T;
  /** The mean of each channel, `[channels]`. */
  readonly mean: Tensor;
  /** `1 / sqrt(variance + epsilon)` of each channel, with the biased variance. */
  readonly inverse: Tensor;
}

/**
 * Batch normalisation with the statistics of the batch itself, over all dimensions but the last, in one call. It can be
 * differentiated twice (`registerTorchGradients`); the returned statistics count as constants.
 *
 * @param x `[batch, ..., channels]`, float32.
 * @see Ioffe, Szegedy (2015), arXiv:1502.03167, algorithm 1.
 */
export function batchNormTraining<T extends Tensor>(
  x: T,
  scale: Tensor,
  offset: Tensor,
  epsilon: number,
): NormalisedBatch<T> {
  const results: Tensor[] = engine().runKernel('BatchNormTraining', { x, scale, offset }, { epsilon });
  const [y, mean, inverse] = results as [T, Tensor, Tensor];
  return { y, mean, inverse };
}
