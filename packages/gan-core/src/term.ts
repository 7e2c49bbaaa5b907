import type { Tensor } from '@tensorflow/tfjs-core';
import { assertCount, assertFinite, shown } from './checks.js';
import type { Binding, Judged, Ports } from './contract.js';
import type { Tensors } from './network.js';
import type { Random } from './random.js';

/** The network that made a bound sample. */
export interface Maker {
  /** What it was fed with. */
  readonly inputs: Tensors;
  /** Which of its outputs the sample is. */
  readonly output: string;
  readonly parameters: Tensors;
  /** The network elsewhere, or with other parameters; leaves its state as it is. */
  readonly apply: (inputs: Tensors, parameters?: Tensors) => Tensors;
}

/** What a network was shown, and what it said of that, by name. */
export interface Application {
  readonly inputs: Tensors;
  readonly outputs: Tensors;
}

/** What a term sees in one update. Training owns every tensor here: read them, never dispose of them. */
export interface Round<R extends Ports = Ports, Roles extends string = string> {
  /** What the judge says of the sample bound as `real`, by head; computed when first read. */
  readonly real: Tensors<keyof R & string>;
  /** What the judge says of the sample bound as `fake`, by head; computed when first read. */
  readonly fake: Tensors<keyof R & string>;
  /**
   * What `real` or `fake` is the judge's answer to: copies of the sample, by the judge's inputs, which nothing else is made
   * of. A slope of the answer in them is the judge's own, and costs no second pass through it.
   */
  readonly judged: (role: Judged) => Application & { readonly outputs: Tensors<keyof R & string> };
  /** The sample bound to each role, made when first read; a judged one by the judge's inputs (`sample` unless it has several). */
  readonly samples: { readonly [K in Roles]: K extends Judged ? Tensors : Tensor };
  /** The judge under this batch's conditions, elsewhere, or with other parameters; leaves its state as it is. */
  readonly judge: (inputs: Tensors, parameters?: Tensors) => Tensors<keyof R & string>;
  /** The judge's parameters. */
  readonly parameters: Tensors;
  /** The network that made the sample bound to a role. */
  readonly maker: (role: Roles) => Maker;
  /** The term's own state. */
  readonly state: Tensors;
  /** A tensor of the term's own, made when first asked for under a name and held until the update ends: `after` finds what a side made. */
  readonly once: (name: string, make: () => Tensor) => Tensor;
  /** A stream of this term and update alone. */
  readonly random: Random;
  /** The number of the step, from 0. */
  readonly step: number;
}

/** What a term may look at when its state begins: the networks that it is about, freshly initialised. */
export interface Opening<Roles extends string = string> {
  /** The judge's parameters. */
  readonly parameters: Tensors;
  /** The network that makes the sample bound to a role. */
  readonly maker: (role: Roles) => Pick<Maker, 'parameters'>;
}

/** A scalar from a round; differentiable in the parameters of who plays it. */
export type Side<R extends Ports = Ports, Roles extends string = string> = (round: Round<R, Roles>) => Tensor;

/** What changes after an update. */
export interface Aftermath {
  /** The judge's parameters. */
  readonly parameters?: Tensors;
  /** The term's state. */
  readonly state?: Tensors;
}

/**
 * One summand of the objective. Who trains the judge plays its `discriminator` side; who trains a network that a bound
 * sample comes from plays its `generator` side; others do not play. A penalty has one side.
 */
export interface Term<R extends Ports = Ports, Roles extends string = string> {
  readonly name: string;
  /** The judge's heads it reads. */
  readonly reads: R;
  /** Roles of samples: `real` and `fake` are judged, others (`left`, `classes`) are only looked at. */
  readonly samples: readonly Roles[];
  readonly discriminator?: Side<R, Roles> | undefined;
  readonly generator?: Side<R, Roles> | undefined;
  /** The state it starts with, in tensors of its own; goes into checkpoints. */
  readonly init?: ((random: Random, opening: Opening<Roles>) => Tensors) | undefined;
  /** After each update that played its discriminator side (its generator side if it has no other), with the new parameters. */
  readonly after?: ((round: Round<R, Roles>) => Aftermath) | undefined;
  /** A factor, fixed or by step; 1 unless said. */
  readonly weight?: number | ((step: number) => number) | undefined;
  /** Plays in every `period`-th step; 1 unless said. */
  readonly period?: number | undefined;
}

export type AnyTerm = Term<any, any>;
/** A term whose roles have been given samples. */
export type Bound<T extends AnyTerm = AnyTerm, B extends Binding = Binding> = T & { readonly binding: B };

/**
 * A term with its literal types kept; one that names no samples is about `real` and `fake`.
 *
 * @throws TypeError if it has no name or no side.
 */
export function defineTerm<const R extends Ports, const Roles extends string = Judged>(
  term: Omit<Term<R, Roles>, 'samples'> & { readonly samples?: readonly Roles[] },
): Term<R, Roles> {
  if (typeof term.name !== 'string' || term.name === '')
    throw new TypeError(`a term needs a name, but its is ${shown(term.name)}`);
  if (!term.discriminator && !term.generator)
    throw new TypeError(`${term.name} has neither a discriminator side nor a generator side`);
  return { samples: ['real', 'fake'] as readonly string[] as readonly Roles[], ...term };
}

/** Binds a term's roles, and under `judge` the network it questions, to a game's names. */
export const on = <const B extends Binding, T extends AnyTerm>(binding: B, term: T): Bound<T, B> => ({
  ...term,
  binding,
});

/**
 * A term times a constant.
 *
 * @throws TypeError if `weight` is not a finite number.
 */
export function weighted<T extends AnyTerm>(weight: number, term: T): T {
  assertFinite('weight', weight);
  return scheduled(() => weight, term);
}

/** A term times a factor that depends on the number of the step, from 0. */
export function scheduled<T extends AnyTerm>(weight: (step: number) => number, term: T): T {
  return { ...term, weight: (step: number) => weight(step) * weightAt(term, step) };
}

/**
 * Lazy regularisation: a term that plays in every `period`-th step, `period` times as strong.
 *
 * @throws TypeError if `period` is not a whole number of at least 1.
 * @see Karras et al. (2020), arXiv:1912.04958, section 4.1 and appendix B.
 */
export function every<T extends AnyTerm>(period: number, term: T): T {
  assertCount('period', period);
  return { ...weighted(period, term), period: period * (term.period ?? 1) };
}

/** The factor of a term in a step. */
export const weightAt = ({ weight = 1 }: AnyTerm, step: number): number =>
  typeof weight === 'number' ? weight : weight(step);
