import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';

/** How a judge takes the class of what it judges. */
export type ClassCondition =
  /** Beside the sample, as one more part of it. */
  | 'concatenation'
  /** As a direction in feature space along which samples of the class lie. */
  | 'projection';

/**
 * A learned row for each class. Classes come in one-hot and the embedding is a product: the same numbers as a look-up,
 * whose gradient sums in a fixed order on every engine and can be differentiated again. Entries start out normal with a
 * deviation of 1, that of latents and about that of samples.
 *
 * @param options.classes `[batch, classes]`, one-hot.
 * @returns `[batch, width]`
 */
export const classEmbedding = ({
  classes,
  width,
}: {
  readonly classes: SymbolicTensor;
  readonly width: number;
}): SymbolicTensor =>
  chain(
    classes,
    layers.dense({
      units: width,
      useBias: false,
      kernelInitializer: initializers.randomNormal({ mean: 0, stddev: 1 }),
      name: 'classes',
    }),
  );
