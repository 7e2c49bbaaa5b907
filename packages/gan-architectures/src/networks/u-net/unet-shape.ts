import { assertCount, type Shape, shown } from '@gan/core';
import { assertPicture } from '../../picture.js';

/** A map of a U-Net. */
export interface UnetMap {
  readonly side: number;
  readonly filters: number;
}

/** How large a U-Net is, and where it attends. */
export interface UnetSize {
  readonly filters?: number;
  readonly attention?: number;
}

/** The maps of a U-Net: what each block on the way down gives, and each on the way up. */
export interface UnetMaps {
  readonly down: readonly UnetMap[];
  readonly up: readonly UnetMap[];
  /** The map on the way down that attends to itself. */
  readonly attending: UnetMap | undefined;
}

/** Channels on the way down, finest first, as multiples of those of the first: those of 128 and 256 are the authors'. */
const table: Readonly<Record<number, readonly number[]>> = {
  16: [1, 2],
  32: [1, 2, 4],
  64: [1, 2, 4, 8],
  128: [1, 2, 4, 8, 16],
  256: [1, 2, 4, 8, 8, 16],
};

/** @throws TypeError unless the sample is a square picture of a side of the table, and `attention` the side of a map of it. */
export function unetShape(sample: Shape, { filters = 64, attention }: UnetSize): UnetMaps {
  assertPicture(sample);
  assertCount('filters', filters);
  const [side] = sample;
  const widths = table[side];
  if (!widths)
    throw new TypeError(`the side of a picture must be one of ${Object.keys(table).join(', ')}, but is ${shown(side)}`);
  const down = widths.map((times, k) => ({ side: side / 2 ** (k + 1), filters: times * filters }));
  const up = [...down.slice(0, -1).reverse(), { side, filters }];
  if (attention === undefined) return { down, up, attending: undefined };
  const attending = down.find((map) => map.side === attention);
  if (!attending)
    throw new TypeError(
      `attention must be the side of a map, one of ${down.map((map) => map.side).join(', ')}, but is ${shown(attention)}`,
    );
  if (attending.filters % 8 !== 0)
    throw new TypeError(`attention wants a map whose channels are a multiple of 8, but they are ${attending.filters}`);
  return { down, up, attending };
}
