import type { Unrolling } from './foreseen.js';
import type { Optimizer, Rate } from './optimizer.js';

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
   * `average = d * average + (1 - d) * weights` with `d = min(averaged, (1 + n) / (10 + n))`, so that the start is soon
   * forgotten; with `d = averaged(n)` if it is a function.
   */
  readonly averaged?: Rate;
  /** In which steps, from 0, it plays at all (see `turns`); in all unless said. The others' play is not changed by it. */
  readonly plays?: (step: number) => boolean;
  /**
   * Plays against another player as that will be some updates ahead, and follows the gradient through them: with x its
   * own parameters, w the other's and w(k) those after k updates by the other's optimizer,
   *
   *     x <- x - d loss(x, w(k)(x)) / d x
   *
   * The other's own weights stay as they are: what was foreseen is forgotten. Each update ahead costs one of the other's
   * and its gradient; all that the other plays, and its networks, must be twice differentiable.
   *
   * Unlike the paper, whose players move at once, players move in the order that the game names them.
   *
   * @see Metz, Poole, Pfau, Sohl-Dickstein (2017), arXiv:1611.02163, equations 7 to 9.
   */
  readonly unrolls?: Unrolling;
}
