import type { Engine, EngineName, Precision } from '@gan/core';

export interface OpenOptions {
  /** How many threads an operator may use; the engine's own choice unless said. */
  readonly threads: number | undefined;
  /** float32 unless said; float64 is asked of candidates alone that have it. */
  readonly precision?: Precision;
  /** The three of `EngineOptions`, for who can. */
  readonly autotune?: boolean | undefined;
  readonly deterministic?: boolean | undefined;
  readonly tensorFloat32?: boolean | undefined;
  /** Whether it was asked for by name: it then refuses what it cannot do, where it would else do what it can. */
  readonly byName: boolean;
}

/** An engine that answered. */
export interface Opened {
  readonly engine: Engine;
  /** The name that TensorFlow.js knows it by. */
  readonly backend: string;
  /** Where its library lies, if it has one. */
  readonly library?: { readonly folder: string; readonly origin: string };
  /** What was tried on the way: libraries that could not be used. */
  readonly passedOver?: readonly string[];
  /** Whether what it computes on has gone since, with all tensors there; if it can go. */
  readonly isLost?: () => boolean;
}

/** An engine that may be there. */
export interface Candidate {
  readonly name: EngineName;
  /** True if it can hold its numbers in doubles. */
  readonly float64?: boolean;
  /**
   * Loads it and registers its backend with TensorFlow.js, without making it the current one.
   *
   * @throws EngineError naming this engine, saying why it cannot be used and how to mend that; one that names no engine
   *   if the user has said something wrong, which no other engine mends.
   */
  readonly open: (options: OpenOptions) => Promise<Opened>;
}
