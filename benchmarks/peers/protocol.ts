/**
 * How a benchmark talks to its peers, whatever they are written in: a question is one line of JSON on standard input,
 * its answer one line on standard output. Nothing else goes there.
 */

/** What all peers do alike. */
export interface Setup {
  /** A file pair in `models/`. */
  readonly model: string;
  /** Which of the several that a model has; a peer keeps each that it has prepared, and steps name it. */
  readonly variant?: string;
  /** The side of a picture. */
  readonly size: number;
  readonly batch: number;
  readonly threads: number;
  /** Steps that every peer takes from the same weights with the same numbers, to show that they do the same. */
  readonly checks: number;
  /** Where our peer leaves weights and numbers for the others. */
  readonly folder: string;
  readonly device: 'cpu' | 'cuda';
  /** Whether factors of convolutions may be rounded to 10 bits on CUDA, as PyTorch does unless told otherwise; no unless said. */
  readonly tensorFloat32?: boolean;
  /** PyTorch's memory format; ours has one. */
  readonly channelsLast: boolean;
  /** Whether PyTorch compiles the networks (`torch.compile`). */
  readonly compiled?: boolean;
}

/** By player, `discriminator` and `generator`: the sum of its terms. */
export type Losses = Readonly<Record<string, number>>;

/** The answer to `{ "ask": "prepare", ... }`. */
export interface Prepared {
  /** Of each step of the check. */
  readonly losses: readonly Losses[];
  /** After the first of them: the norm of all that Adam keeps, `<player>/first` (its mean gradient) and `<player>/second`. */
  readonly moments: Readonly<Record<string, number>>;
  readonly threads: number;
  /** The software that matters, by name; `libtorch` is there if it computes. */
  readonly versions: Readonly<Record<string, string>>;
  /** Of the batch, without its length; ours says it. */
  readonly sample?: readonly number[];
  /** Those of all convolutions and matrix products of a step and their gradients; ours counts them. */
  readonly multiplyAdds?: number;
}

/** The answer to `{ "ask": "step", "variant": ... }`: a step from the batch in memory to the losses as numbers. */
export interface Stepped {
  readonly milliseconds: number;
  /** Processor time of the whole process, all threads together. */
  readonly cpuMilliseconds: number;
}

/** The answer to `{ "ask": "peak", "rounds": ... }`, which ours has: the best of some products of large square matrices. */
export interface Peak {
  readonly gigaflops: number;
}

/** The answer to what could not be done. */
export interface Failed {
  readonly error: string;
}
