import { assertCount, shown } from '@gan/core';

/** The maps of a DCGAN, from the picture down. */
export interface Pyramid {
  /** The side of the coarsest map: 3 to 7. */
  readonly start: number;
  /** The channels of the maps, finest first. */
  readonly widths: readonly number[];
  /** From one map to the next: 2, or 1 for a picture that is as small as the coarsest map. */
  readonly stride: 1 | 2;
}

/** The widest map has this many times the channels of the finest. */
const widest = 8;

/** Half as long as it takes to have a side of 7 or less; undefined if that fails. */
function coarsest(side: number): number | undefined {
  if (side <= 7) return side >= 3 ? side : undefined;
  return side % 2 === 0 ? coarsest(side / 2) : undefined;
}

/**
 * Halves `side` until it is 7 or less; with every halving the channels double, from `filters` to 8 times as many. So any
 * side that is 3 to 8 times a power of two is reached: 28 from 7, 32 and 64 from 4, 48 from 6.
 *
 * @throws TypeError if `side` is no such number, with the next ones that are; if `filters` is not a whole number above 0.
 */
export function pyramid(side: number, filters: number): Pyramid {
  assertCount('filters', filters);
  const start = coarsest(side);
  if (start === undefined) throw new TypeError(unreachable(side));
  const halvings = Math.log2(side / start);
  const widths = Array.from({ length: Math.max(1, halvings) }, (_, i) => filters * Math.min(2 ** i, widest));
  return { start, widths, stride: halvings === 0 ? 1 : 2 };
}

function unreachable(side: number): string {
  const steps = Array.from({ length: side }, (_, step) => step + 1);
  const below = steps.map((step) => side - step).find((near) => coarsest(near));
  const above = steps.map((step) => side + step).find((near) => coarsest(near)) ?? 3;
  const near = below === undefined ? `is ${above}` : `are ${below} and ${above}`;
  return `a side of ${shown(side)} cannot be reached by doubling 3, 4, 5, 6 or 7: the nearest that can ${near}`;
}
