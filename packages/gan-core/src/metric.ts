import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from './network.js';

/** Maps samples to features in which distances mean something. */
export interface FeatureExtractor {
  readonly name: string;
  /** SHA-256 of its weights, hexadecimal: two distances compare only if it is the same. */
  readonly hash: string;
  /** The shape of one sample it takes, without the batch. */
  readonly shape: readonly number[];
  /** How many features a sample has. */
  readonly features: number;
  /** `[batch, ...shape]` to `[batch, features]`, in inference mode; the caller owns the result. */
  readonly extract: (samples: Tensor) => Tensor;
  readonly dispose: () => void;
}

/** What a metric looks at: as many samples as it asks for, in batches, from streams of the evaluation's own. */
export interface Evidence {
  /** Batches of the data, by its ports. Who draws a batch owns it. */
  readonly real: (count: number) => AsyncIterable<Tensors>;
  /** Batches of what was generated: `sample`, and the conditions it was made under. Who draws a batch owns it. */
  readonly fake: (count: number) => AsyncIterable<Tensors>;
}

/** A number with its protocol. Evaluating draws from its own streams, in inference mode, and changes nothing. */
export interface Metric {
  readonly name: string;
  /** Which way is better. */
  readonly direction: 'lower' | 'higher';
  /** What has to be the same for two numbers to compare. */
  readonly protocol: {
    readonly samples: number;
    readonly extractor?: { readonly name: string; readonly hash: string };
  };
  readonly measure: (evidence: Evidence) => Promise<number>;
}
