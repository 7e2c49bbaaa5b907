import type { Optimizer } from './optimizer.js';

/** Who changes weights: one or several networks trained together against the rest. */
export interface Player<Names extends string = string> {
  /** The networks it changes. */
  readonly trains: readonly Names[];
  readonly optimizer: Optimizer;
  /** Updates in each step, every one on a batch of its own; 1 unless said. */
  readonly updates?: number;
  /** Batches over which the gradient of one update is averaged; 1 unless said. */
  readonly accumulate?: number;
  /**
   * Keeps a running average of its networks' weights beside them, with this decay in [0, 1): after update n,
   * `average = d * average + (1 - d) * weights` with `d = min(averaged, (1 + n) / (10 + n))`, so that the start is soon forgotten.
   */
  readonly averaged?: number;
}
