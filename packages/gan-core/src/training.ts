import type { Checkpoint } from './checkpoint.js';
import type { Sources } from './contract.js';
import type { Networks } from './game.js';
import type { Network, Tensors } from './network.js';
import type { DrawnOf, TrainedNetwork } from './trained-network.js';

/** A step that is done. */
export interface Step {
  /** Its number, from 0. */
  readonly index: number;
  /**
   * The terms' values, unweighted, by `<player>/<term>`: of the step's last update, averaged over accumulation. A
   * snapshot that lives until the next step.
   *
   * @throws TrainingError once the next step has begun.
   */
  readonly losses: () => Promise<Readonly<Record<string, number>>>;
}

/**
 * What a training started from: each tensor of the game is taken, missing or misshapen, each of those that were given is
 * taken, misshapen or unused. Names are places, `weights/<network>/parameters/<name>`.
 */
export interface Origin {
  /** Tensors of the game that were taken from what was given. */
  readonly taken: readonly string[];
  /** Tensors of the game that were not given, and stay as they were initialised. */
  readonly missing: readonly string[];
  /** Those that were given in another shape, and stay as they were initialised. */
  readonly misshapen: readonly Misshapen[];
  /** Tensors that were given, but that the game has no place for. */
  readonly unused: readonly string[];
}

/** A tensor that was given in another shape or type than a game has it in. */
export interface Misshapen {
  /** Its place in the game. */
  readonly name: string;
  /** `float32 3x3x64`. */
  readonly given: string;
  readonly wanted: string;
}

/** A game being played: an endless iterable of steps, to be left by `break` and entered again. */
export interface Training<N extends Networks = Networks, S extends Sources = Sources> extends AsyncIterable<Step> {
  /** Steps done. */
  readonly steps: number;
  readonly origin: Origin;
  /** A network with its weights as they are at each moment: averaged where a player keeps that, unless `raw` is asked for. */
  readonly network: <K extends keyof N & string>(
    name: K,
    options?: { readonly weights?: 'averaged' | 'raw' },
  ) => N[K] extends Network<infer I, infer O> ? TrainedNetwork<I, O, DrawnOf<I, S>> : never;
  /**
   * The state of a term at this moment, as BEGAN's convergence or the anchors of LeCam, by the label that its losses
   * bear after the player's name. Training owns the tensors; they live until the next step.
   */
  readonly state: (term: string) => Tensors;
  /** What the engine does again instead of running networks and terms, see `replay` of `train`. */
  readonly replays: {
    /** How many updates, told apart by who plays what. */
    readonly plays: number;
    /** Why the last one that was written down could not be done again, if so. */
    readonly refusal: string | undefined;
  };
  /** All that is needed to go on with the same bits. Not while a step is under way. */
  readonly checkpoint: () => Promise<Checkpoint>;
  /** Frees every tensor. */
  readonly dispose: () => void;
}

/** Training was asked for what it cannot give at this moment. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
}
