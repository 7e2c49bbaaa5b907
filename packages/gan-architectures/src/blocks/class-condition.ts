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
 * whose gradient sums in a fixed order on every engine and can be differentiated again.
 *
 * @param options.classes `[batch, classes]`, one-hot.
 * @param options.deviation Standard deviation of the initial entries; 1, that of latents and about that of samples, unless said.
 * @returns `[batch, width]`
 */
export const classEmbedding = ({
  classes,
  width,
  deviation = 1,
}: {
  readonly classes: SymbolicTensor;
  readonly width: number;
  readonly deviation?: number;
}): SymbolicTensor =>
  chain(
    classes,
    layers.dense({
      units: width,
      useBias: false,
      kernelInitializer: initializers.randomNormal({ mean: 0, stddev: deviation }),
      name: 'classes',
    }),
  );
