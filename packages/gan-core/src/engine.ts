import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from './network.js';

/** The engines of this project, by the names that `engine({ use })`, `--engine` and a run's summary share. */
export type EngineName =
  | 'tfjs-node-gpu'
  | 'torch-cuda'
  | 'torch-mps'
  | 'torch-cpu'
  | 'tfjs-node'
  | 'webgpu'
  | 'wasm'
  | 'cpu';

/** One fused Adam step over all parameters of a player. Pure: what it is given stays as it was. */
export type FusedAdam = (step: {
  readonly parameters: readonly Tensor[];
  readonly gradients: readonly Tensor[];
  readonly first: readonly Tensor[];
  readonly second: readonly Tensor[];
  /** The number of this update, from 1. */
  readonly update: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled (AdamW): parameters shrink by `learningRate * weightDecay` first. 0 for plain Adam. */
  readonly weightDecay: number;
}) => { readonly parameters: readonly Tensor[]; readonly first: readonly Tensor[]; readonly second: readonly Tensor[] };

/** What holds the numbers that TensorFlow.js calls float32. What is read, and so what a checkpoint holds, is float32 always. */
export type Precision = 'float32' | 'float64';

/** A matrix, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** `rows * columns` numbers. */
  readonly values: Float64Array;
}

/** What metrics calculate with matrices, in float64 throughout. */
export interface LinearAlgebra {
  /** `a b`, where `a` has as many columns as `b` has rows. */
  readonly product: (a: Matrix, b: Matrix) => Matrix;
  /** As many as the smaller side, descending. */
  readonly singularValues: (matrix: Matrix) => Float64Array;
}

/** A computation that an engine wrote down, to do it again without JavaScript between its parts. */
export interface Computation {
  /** The same for two recordings of the same computation. */
  readonly fingerprint: string;
  /**
   * Does it again on other inputs, in the order in which they were told: new tensors, with the same bits as the program
   * would have given. Undefined, and nothing done, where that would not be so.
   */
  readonly run: (inputs: readonly Tensor[]) => readonly Tensor[] | undefined;
  readonly dispose: () => void;
}

/** What is told while a computation is written down. */
export interface Recording {
  /** A tensor that will be another one when it is done again. */
  readonly input: (tensor: Tensor) => void;
  /** Something that no tensor tells of, and that may be different when it is done again. */
  readonly refuse: (reason: string) => void;
}

/** Runs a computation and writes it down; without `computation` where it cannot be done again, for the reason `refusal`. */
export type RecordComputation = (body: (recording: Recording) => readonly Tensor[]) => {
  readonly outputs: readonly Tensor[];
  readonly computation?: Computation | undefined;
  readonly refusal?: string | undefined;
};

/** Where tensors live and who computes, and what it can do beyond TensorFlow.js. Part of a run's identity. */
export interface Engine {
  readonly name: EngineName;
  /** `cpu`, or the device's own name. */
  readonly device: string;
  /** The version of what computes: libtorch's, TensorFlow.js's. */
  readonly version: string;
  readonly threads: number;
  /** The same seed gives the same bits twice. */
  readonly deterministic: boolean;
  /** float32 unless said. */
  readonly precision?: Precision;
  readonly adam?: FusedAdam;
  readonly linearAlgebra?: LinearAlgebra;
  /** Writes a computation down and does it again, for steps that are the same but for their numbers. */
  readonly record?: RecordComputation;
  /** A running average in one call: `decay * average + (1 - decay) * value` for each pair, as new tensors. */
  readonly average?: (averages: Tensors, values: Tensors, decay: number) => Tensors;
}

let current: Engine | undefined;

/** Makes an engine known to optimisers and metrics. Called by whoever chose it (`engine()` of `@gan/engine`); undefined forgets it. */
export function useEngine(engine: Engine | undefined): void {
  current = engine;
}

/** The engine in use, or undefined when TensorFlow.js runs on a backend that nobody announced. */
export const currentEngine = (): Engine | undefined => current;
