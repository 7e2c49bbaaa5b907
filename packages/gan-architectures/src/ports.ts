import { assertCount, type Ports, type Shape, shown } from '@gan/core';

/** The port of latents given in short: `128` stands for `[128]`. */
export type LatentsPort<L extends number | Shape> = L extends number ? readonly [L] : L;

/** Ports with a class condition beside them, where there is one. */
export type Conditioned<P extends Ports, C extends number | undefined> = C extends number
  ? P & { readonly classes: C }
  : P;

/** What a network takes that starts from latents, given in short, and from a class, where there is one. */
export type LatentInputs<L extends number | Shape, C extends number | undefined = undefined> = Conditioned<
  { readonly latents: LatentsPort<L> },
  C
>;

/** What a network takes that is given a sample, and its class, where there is one. */
export type SampleInputs<S extends Shape, C extends number | undefined = undefined> = Conditioned<
  { readonly sample: S },
  C
>;

/** Options of a generator that say what its ports are, and are named like them. */
export interface GeneratorPortOptions<S extends Shape, L extends number | Shape, C extends number | undefined> {
  /** The shape of a sample, `[side, side, channels]` of a picture. */
  readonly sample: S;
  /** What it starts from: `128` is short for `[128]`. */
  readonly latents: L;
  /** How many classes there are; without it, the network takes none. */
  readonly classes?: C;
}

/** Options of a judge that say what its ports are, and are named like them. */
export interface JudgePortOptions<S extends Shape, C extends number | undefined> {
  /** The shape of a sample, `[side, side, channels]` of a picture. */
  readonly sample: S;
  /** How many classes there are; without it, the network takes none. */
  readonly classes?: C;
}

/** The shape of latents given in short or in full. */
export function latentsShape<const L extends number | Shape>(latents: L): LatentsPort<L> {
  const shape: Shape = typeof latents === 'number' ? [latents] : latents;
  if (typeof latents === 'number') assertCount('latents', latents);
  else assertShape('latents', latents);
  return shape as LatentsPort<L>;
}

/** @throws TypeError unless `value` is a list of at least one whole number, each at least 1. */
export function assertShape(name: string, value: unknown): asserts value is Shape {
  if (Array.isArray(value) && value.length > 0 && value.every((size) => Number.isSafeInteger(size) && size > 0)) return;
  throw new TypeError(`${name} must be a shape of positive whole numbers, as in [28, 28, 1], but is ${shown(value)}`);
}

/** Ports that take classes only where their number is given. */
export function conditioned<const P extends Ports, C extends number | undefined>(
  ports: P,
  classes: C | undefined,
): Conditioned<P, C> {
  if (classes === undefined) return ports as Conditioned<P, C>;
  assertCount('classes', classes);
  return { ...ports, classes } as Conditioned<P, C>;
}
