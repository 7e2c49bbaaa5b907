import type { Ports, Source, Sources } from './contract.js';
import type { Game } from './game.js';
import type { Network, Weights } from './network.js';

/** A network together with its weights, and where a game draws its inputs from. */
export interface TrainedNetwork<
  out I extends Ports = Ports,
  out O extends Ports = Ports,
  Drawn extends string = string,
> {
  readonly network: Network<I, O>;
  /** As they are now: training owns the tensors and replaces them at each step. */
  readonly weights: Weights;
  /** The inputs that are drawn from a distribution; the others are conditions. */
  readonly drawn: { readonly [K in Drawn]: Source };
}

/** The names among `I` that a game draws from a distribution. */
export type DrawnOf<I, S> = {
  [K in keyof I & string]: K extends keyof S
    ? S[K] extends { readonly normal: unknown } | { readonly uniform: unknown } | { readonly categorical: unknown }
      ? K
      : never
    : never;
}[keyof I & string];

/** The inputs of a network that a game draws from a distribution. */
export const drawnOf = ({ networks, samples }: Game, name: string): Sources =>
  Object.fromEntries(
    Object.keys(networks[name]!.inputs).flatMap((input) => {
      const source = Object.hasOwn(samples, input) ? samples[input] : undefined;
      return source && ('normal' in source || 'uniform' in source || 'categorical' in source) ? [[input, source]] : [];
    }),
  );
