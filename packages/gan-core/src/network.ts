import type { Tensor } from '@tensorflow/tfjs-core';
import type { Judged, Ports } from './contract.js';
import type { Random } from './random.js';

/** One tensor per name. */
export type Tensors<Names extends string = string> = { readonly [K in Names]: Tensor };

/** All numbers of a network. */
export interface Weights {
  /** What an optimiser changes. */
  readonly parameters: Tensors;
  /** What the network itself changes: moving statistics, power iterations, frozen weights. */
  readonly state: Tensors;
}

/** How a network is applied. */
export interface Mode {
  /** True: batch statistics, dropout, noise. False: inference, the same for each sample whatever the batch. */
  readonly training: boolean;
  /** Where dropout and noise draw from. */
  readonly random: Random;
  /** The number of the step, from 0; absent where there are no steps. */
  readonly step?: number;
  /** As what a term looks at what the network, a judge, gives; absent where it is no term's `real` or `fake`. */
  readonly role?: Judged;
}

/** The same mode, with draws from a stream of this name below its own: for a network inside another. */
export const innerMode = (mode: Mode, name: string): Mode =>
  Object.create(mode, { random: { value: mode.random.stream(name), enumerable: true } });

/**
 * A description of a network: named ports, and how to make and use its weights. Generators, judges, encoders and
 * translators are all this one type; a condition is one more input. It allocates nothing until `init`.
 *
 * A port that is a shape takes a tensor `[batch, ...shape]`; a class count takes int32 or float32 ids `[batch]`; a head
 * gives one score a sample `[batch, 1]` or a map of them `[batch, ..., 1]` (`linear`, `sigmoid`), `[batch, classes]`
 * (`logits`) or anything (`features`). In training, a judge of packs gives one for each pack of samples.
 */
export interface Network<out I extends Ports = Ports, out O extends Ports = Ports> {
  readonly inputs: I;
  readonly outputs: O;
  /** Fresh weights; the caller owns the tensors. The same stream gives the same bits. */
  readonly init: (random: Random) => Weights;
  /** Pure: it neither keeps nor changes what it is given; an unchanged state tensor comes back as itself. */
  readonly apply: (
    weights: Weights,
    inputs: Tensors,
    mode: Mode,
  ) => { readonly outputs: Tensors<keyof O & string>; readonly state: Tensors };
}
