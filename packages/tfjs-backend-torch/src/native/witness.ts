import type { Handle } from './handle.js';
import type { Schema } from './schema.js';

/** A call of an operator through the dispatcher that went well. */
export interface OperatorCall {
  /** `aten::add` */
  readonly operator: string;
  readonly overload: string;
  readonly schema: Schema;
  readonly values: readonly unknown[];
  readonly results: readonly Handle[];
}

/** A call of a function of the C interface that borrows tensors and gives one. */
export interface ShimCall {
  readonly call: (...takes: (number | ArrayBufferView)[]) => number;
  readonly name: string;
  readonly values: readonly unknown[];
  readonly result: Handle;
}

/** Is told of everything that makes tensors, in the order in which it happens. */
export interface Witness {
  readonly operator: (call: OperatorCall) => void;
  readonly shim: (call: ShimCall) => void;
  /** A tensor of numbers that JavaScript said. */
  readonly said: (handle: Handle) => void;
  /** A tensor whose numbers nobody looks at. */
  readonly blank: (handle: Handle) => void;
  /** Another handle on a tensor. */
  readonly alias: (handle: Handle, of: Handle) => void;
  /** A tensor that lives on for its maker's own use. */
  readonly immortal: (handle: Handle) => void;
  /** Something after which what happened would not happen again the same way. */
  readonly refuse: (reason: string) => void;
}

/** Who is told now, if anybody is. */
export let witness: Witness | undefined;

/** Runs `body` under a witness, or under none. */
export function witnessed<T>(by: Witness | undefined, body: () => T): T {
  const before = witness;
  witness = by;
  try {
    return body();
  } finally {
    witness = before;
  }
}
