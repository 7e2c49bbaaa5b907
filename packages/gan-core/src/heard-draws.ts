import type { Tensor } from '@tensorflow/tfjs-core';
import type { Random } from './random.js';

/** Draws that were heard, to be made again from another stream. */
export interface Draws {
  /** The same draws in the same order, from a stream of another step. */
  readonly again: (random: Random) => readonly Tensor[];
}

/** What is told of draws. */
export interface Listener {
  /** A tensor that was drawn. */
  readonly drawn: (tensor: Tensor) => void;
  /** Numbers in JavaScript, which may decide what happens next. */
  readonly numbers: () => void;
}

/** One thing done with a stream, in order. */
type Deed =
  | { readonly from: number; readonly name: readonly (string | number)[] }
  | { readonly from: number; readonly draw: (random: Random) => Tensor };

/** A stream that gives what the given one gives, and all that is drawn from it and from the streams below it. */
export function heardDraws(random: Random, { drawn, numbers }: Listener): Draws & { readonly random: Random } {
  const deeds: Deed[] = [];
  let streams = 1;
  const heard = (own: Random, place: number): Random => {
    const draw = (make: (random: Random) => Tensor): Tensor => {
      deeds.push({ from: place, draw: make });
      const tensor = make(own);
      drawn(tensor);
      return tensor;
    };
    const told = <A extends readonly unknown[], R>(method: (...given: A) => R) => {
      return (...given: A): R => {
        numbers();
        return method(...given);
      };
    };
    return {
      next: told(own.next),
      integer: told(own.integer),
      permutation: told(own.permutation),
      uniform: (shape) => draw((from) => from.uniform(shape)),
      normal: (shape) => draw((from) => from.normal(shape)),
      truncatedNormal: (shape, bound) => draw((from) => from.truncatedNormal(shape, bound)),
      categorical: (shape, classes) => draw((from) => from.categorical(shape, classes)),
      stream: (...name) => {
        deeds.push({ from: place, name });
        return heard(own.stream(...name), streams++);
      },
    };
  };
  return {
    random: heard(random, 0),
    again: (other) => {
      const known = [other];
      const tensors: Tensor[] = [];
      for (const deed of deeds) {
        const from = known[deed.from]!;
        if ('draw' in deed) tensors.push(deed.draw(from));
        else known.push(from.stream(...deed.name));
      }
      return tensors;
    },
  };
}
