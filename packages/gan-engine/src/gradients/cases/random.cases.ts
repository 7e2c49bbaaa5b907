/** Numbers to differentiate at. */
export interface Input {
  readonly shape: number[];
  readonly values: Float32Array;
}

/** Where the numbers of an input lie: within [-1, 1] unless said, and not within `MARGIN` of a kink. */
export interface Range {
  readonly from?: number;
  readonly to?: number;
  readonly kinks?: readonly number[];
}

/** How far numbers stay from a kink; central differences reach a tenth of it. */
export const MARGIN = 0.05;

/** A seeded source of all that makes a case: the same seed, the same case, on every machine. */
export interface Random {
  /** A whole number, both ends included. */
  readonly whole: (low: number, high: number) => number;
  readonly uniform: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly shuffled: <T>(values: readonly T[]) => T[];
  /** `rank` sizes between 1 and `most`. */
  readonly sizes: (rank: number, most?: number) => number[];
  readonly input: (shape: number[], range?: Range) => Input;
  /** Several inputs, of whose numbers no two are close, neither within one nor between them. */
  readonly apart: (shapes: readonly number[][], range?: Range) => Input[];
}

/** By xorshift32, whose state is never 0. */
export function random(seed: number): Random {
  let state = (Math.imul(seed + 1, 0x9e3779b1) | 1) >>> 0;
  const unit = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  const uniform = (low: number, high: number) => low + unit() * (high - low);
  const whole = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
  const shuffled = <T>(values: readonly T[]): T[] => {
    const order = [...values];
    for (let i = order.length - 1; i > 0; i--) {
      const j = whole(0, i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  };
  const apart = (shapes: readonly number[][], { from = -1, to = 1, kinks = [] }: Range = {}): Input[] => {
    const counts = shapes.map((shape) => shape.reduce((product, size) => product * size, 1));
    const total = counts.reduce((sum, count) => sum + count, 0);
    const grid = Array.from({ length: total }, (_, i) => from + ((i + uniform(0.2, 0.8)) / total) * (to - from));
    const away = grid.map((value) => kinks.reduce((v, kink) => beside(v, kink), value));
    const values = shuffled(away);
    return shapes.map((shape, i) => ({ shape, values: Float32Array.from(values.splice(0, counts[i])) }));
  };
  for (let i = 0; i < 8; i++) unit();
  return {
    whole,
    uniform,
    chance: (probability) => unit() < probability,
    pick: (choices) => choices[whole(0, choices.length - 1)]!,
    shuffled,
    sizes: (rank, most = 4) => Array.from({ length: rank }, () => whole(1, most)),
    input: (shape, range) => apart([shape], range)[0]!,
    apart,
  };
}

const beside = (value: number, kink: number): number =>
  Math.abs(value - kink) >= MARGIN ? value : value < kink ? kink - MARGIN : kink + MARGIN;
