import type { FeatureExtractor } from '@gan/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** A feature extractor that also tells classes apart. */
export interface Classifier extends FeatureExtractor {
  /** How many classes. */
  readonly classes: number;
  /** `[batch, ...shape]` to logits `[batch, classes]`, in inference mode; the caller owns the result. */
  readonly classify: (samples: Tensor) => Tensor;
}
