import type { Tensors } from './network.js';

/** A learning rate, a decay: fixed, or by the number of the update (from 1). */
export type Rate = number | ((update: number) => number);

/** Pure: new parameters and state from old ones, which stay as they were. The caller owns what it gets. */
export interface Optimizer {
  readonly name: string;
  /** State for these parameters. */
  readonly init: (parameters: Tensors) => Tensors;
  readonly update: (step: {
    readonly parameters: Tensors;
    readonly gradients: Tensors;
    readonly state: Tensors;
    /** The number of this update, from 1. */
    readonly update: number;
  }) => { readonly parameters: Tensors; readonly state: Tensors };
}
