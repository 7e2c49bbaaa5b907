import { assertCount, type Shape, shown } from '@gan/core';
import { type Doubling, doubling, widthOfDoubling } from '../doubling.js';

/** How large a network that grows is, and how its last doubling comes in. */
export interface Growing {
  /** Channels of the maps at the side that growing ends at; they double with every halving. 16 unless said, as in the paper for 1024. */
  readonly filters?: number;
  /** Channels of no map are more than this; 512, unless said, as in the paper. */
  readonly widest?: number;
  /** The side that growing ends at, for a stage on the way, so that its maps are as wide as the last stage's. The picture's own unless said. */
  readonly growsTo?: number;
  /** In how many steps, from step 0 on, the picture's side comes in, while that of half the side goes; 0, unless said: it is there. */
  readonly fade?: number;
}

/** What the parts of a network that grows have to agree on. */
export interface Growth extends Doubling {
  readonly filtersAt: (side: number) => number;
  /** Steps; 0 for a network that does not fade. */
  readonly fade: number;
}

/**
 * @throws TypeError unless the side of the sample is a power of two from 4 on, `growsTo` one that is no less, a count is
 *   one, and there is a side to fade from.
 */
export function growth(sample: Shape, options: Growing): Growth {
  const { filters = 16, widest = 512, growsTo, fade = 0 } = options;
  const maps = doubling(sample, 4);
  const side = maps.sides.at(-1)!;
  const last = growsTo ?? side;
  if (!Number.isInteger(Math.log2(last)) || last < side)
    throw new TypeError(
      `growsTo must be a power of two from the picture's side, ${side}, on, but is ${shown(growsTo)}`,
    );
  assertCount('fade', fade, 0);
  if (fade > 0 && side === 4)
    throw new TypeError(`fade must be 0 for a picture of 4 x 4, which no side comes before, but is ${shown(fade)}`);
  return { ...maps, filtersAt: widthOfDoubling(last, filters, widest), fade };
}
