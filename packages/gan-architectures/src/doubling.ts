import { assertCount, type Shape, shown } from '@gan/core';
import { assertPicture } from './picture.js';

/** The maps of a network whose sides double from 4 on. */
export interface Doubling {
  /** The sides of the maps, coarsest first: 4, 8, ... */
  readonly sides: readonly number[];
  readonly channels: number;
}

/** @throws TypeError unless the sample is `[side, side, channels]` with a side that is a power of two, `from` or more. */
export function doubling(sample: Shape, from: number): Doubling {
  assertPicture(sample);
  const [side, , channels] = sample;
  const doublings = Math.log2(side) - 2;
  if (!Number.isInteger(doublings) || side < from)
    throw new TypeError(`the side of a picture must be a power of two from ${from} on, but is ${shown(side)}`);
  return { sides: Array.from({ length: doublings + 1 }, (_, k) => 4 * 2 ** k), channels };
}

/** The channels of a map of a side: `filters` at the finest, twice as many with every halving, never more than `widest`. */
export function widthOfDoubling(side: number, filters: number, widest: number): (of: number) => number {
  assertCount('filters', filters);
  assertCount('widest', widest);
  return (of) => Math.min(widest, (filters * side) / of);
}
