import type { EngineName } from '@gan/core';
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D, Tensor5D } from '@tensorflow/tfjs-core';
import type { Input, Random, Range } from './random.cases.js';

/** One use of an op: where, and how. */
export interface Drawn {
  readonly inputs: readonly Input[];
  readonly op: (...inputs: Tensor[]) => Tensor;
  /** What must stay away from zero, for there is the kink: the numbers before a rectifier. */
  readonly kinkAtZero?: (...inputs: Tensor[]) => Tensor;
}

/** An op whose gradients are right, and how a use of it is drawn. */
export interface OpCase {
  readonly name: string;
  readonly draw: (random: Random) => Drawn;
  /** Engines that have no kernel for the op itself. */
  readonly lacking?: readonly EngineName[];
}

/** The same ops, on engines that have them. */
export const without = (lacking: readonly EngineName[], cases: readonly OpCase[]): readonly OpCase[] =>
  cases.map((one) => ({ ...one, lacking }));

export const op = (name: string, draw: (random: Random) => Drawn): OpCase => ({ name, draw });

/** An input of any rank up to 4. */
export const anywhere = (random: Random, range?: Range): Input =>
  random.input(random.sizes(random.whole(0, 4), 3), range);

/** Number by number. */
export const unary = (name: string, f: (x: Tensor) => Tensor, range?: Range): OpCase =>
  op(name, (random) => ({ inputs: [anywhere(random, range)], op: (x) => f(x!) }));

/** Shapes that broadcast to one: sizes fall to 1, and leading ones away. */
export function broadcasting(random: Random, count: number, rank = random.whole(0, 4)): number[][] {
  const whole = random.sizes(rank, 3);
  return Array.from({ length: count }, (_, i) => {
    if (i === 0 && random.chance(0.5)) return whole;
    const kept = whole.map((size) => (random.chance(0.3) ? 1 : size));
    return kept.slice(random.whole(0, random.chance(0.5) ? 0 : rank));
  });
}

/** Of two inputs that broadcast. */
export const binary = (
  name: string,
  f: (a: Tensor, b: Tensor) => Tensor,
  a?: Range,
  b: Range | undefined = a,
): OpCase =>
  op(name, (random) => {
    const [left, right] = broadcasting(random, 2) as [number[], number[]];
    return { inputs: [random.input(left, a), random.input(right, b)], op: (x, y) => f(x!, y!) };
  });

export const as1 = (x: Tensor | undefined) => x as Tensor1D;
export const as2 = (x: Tensor | undefined) => x as Tensor2D;
export const as3 = (x: Tensor | undefined) => x as Tensor3D;
export const as4 = (x: Tensor | undefined) => x as Tensor4D;
export const as5 = (x: Tensor | undefined) => x as Tensor5D;
