import { assertCount, type Shape } from '@gan/core';
import { attendingMap, type PictureMap } from '../../blocks/attending-map.js';
import { assertPicture } from '../../picture.js';

/** How large a U-Net is, and where it attends. */
export interface UnetSize {
  readonly filters?: number;
  readonly attention?: number;
}

/** The maps of a U-Net: what each block on the way down gives, and each on the way up. */
export interface UnetMaps {
  readonly down: readonly PictureMap[];
  readonly up: readonly PictureMap[];
  /** The map on the way down that attends to itself. */
  readonly attending: PictureMap | undefined;
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
  assertPicture(sample, Object.keys(table).map(Number));
  assertCount('filters', filters);
  const [side] = sample;
  const down = table[side]!.map((times, k) => ({ side: side / 2 ** (k + 1), filters: times * filters }));
  const up = [...down.slice(0, -1).reverse(), { side, filters }];
  return { down, up, attending: attendingMap(down, attention) };
}
