import type { Ports } from './contract.js';
import type { Tensors } from './network.js';
import type { Random } from './random.js';

/** Which batch. */
export interface Batch {
  /** The number of the batch, from 0. */
  readonly index: number;
  /** How many samples. */
  readonly size: number;
  /** The stream of this batch alone. */
  readonly random: Random;
}

/**
 * Samples by the batch. A batch is a function of its number and stream, so a position is a number: nothing needs to be
 * replayed to go on from there.
 */
export interface Dataset<out P extends Ports = Ports> {
  /** What a sample consists of: shapes (float32, images in [-1, 1]) and class counts (int32 ids). */
  readonly ports: P;
  /** How many samples there are; `Infinity` when they are drawn from a distribution. */
  readonly size: number;
  /** One tensor `[size, ...shape]` per shape, `[size]` int32 per class count. The caller owns them. */
  readonly batch: (which: Batch) => Promise<Tensors<keyof P & string>>;
}
