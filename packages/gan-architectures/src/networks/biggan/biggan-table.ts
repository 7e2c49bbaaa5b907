import { assertCount, type Shape } from '@gan/core';
import { attendingMap, type PictureMap } from '../../blocks/attending-map.js';
import { assertPicture } from '../../picture.js';

/** The networks for one side. */
interface Row {
  /** The side of the map that a generator starts from. */
  readonly start: number;
  /** Channels of a generator's maps, that of the start first, as multiples of `filters`. */
  readonly up: readonly number[];
  /** Channels of a judge's maps, finest first, as multiples of `filters`. */
  readonly down: readonly number[];
  /** How many of the judge's blocks halve the sides. */
  readonly halvings: number;
}

/** Brock et al. (2019), tables 4 to 9; of 64 and 32 the authors' code, and 28 as 32, one block up and no start of 4 x 4 less. */
const table: Readonly<Record<number, Row>> = {
  28: { start: 7, up: [4, 4, 4], down: [4, 4, 4, 4], halvings: 2 },
  32: { start: 4, up: [4, 4, 4, 4], down: [4, 4, 4, 4], halvings: 2 },
  64: { start: 4, up: [16, 16, 8, 4, 2], down: [1, 2, 4, 8, 16], halvings: 4 },
  128: { start: 4, up: [16, 16, 8, 4, 2, 1], down: [1, 2, 4, 8, 16, 16], halvings: 5 },
  256: { start: 4, up: [16, 16, 8, 8, 4, 2, 1], down: [1, 2, 4, 8, 8, 16, 16], halvings: 6 },
  512: { start: 4, up: [16, 16, 8, 8, 4, 2, 1, 1], down: [1, 1, 2, 4, 8, 8, 16, 16], halvings: 7 },
};

/** What the paper has for one of its two architectures. */
export interface BigganVersion {
  readonly filters: number;
  /** The side of the map that attends, by the side of the picture. */
  readonly attention: {
    readonly up: Readonly<Record<number, number>>;
    readonly down: Readonly<Record<number, number>>;
  };
}

const at64 = { 128: 64, 256: 64, 512: 64 };
/** Tables 4 to 6. */
export const biggan: BigganVersion = { filters: 96, attention: { up: { ...at64, 256: 128 }, down: at64 } };
/** Tables 7 to 9. */
export const bigganDeep: BigganVersion = { filters: 128, attention: { up: at64, down: at64 } };

/** How large a network is, and where it attends. */
export interface BigganSize {
  /** Channels, which the maps have 1 to 16 times. As in the paper, and 64 below a side of 64, unless said. */
  readonly filters?: number;
  /** The side of the map that attends to itself, or `'none'`. As in the paper, and none below a side of 128, unless said. */
  readonly attention?: number | 'none';
}

/** The maps of a network, in its own order: what it starts from, what each block (or each two, in deep ones) gives. */
export interface BigganMaps {
  readonly start: PictureMap;
  readonly maps: readonly PictureMap[];
  readonly attending: PictureMap | undefined;
}

/** The maps of a generator. */
export function bigganUp(sample: Shape, size: BigganSize, version: BigganVersion): BigganMaps {
  const { row, filters, side } = sizeOf(sample, size, version);
  const [start, ...maps] = row.up.map((times, k) => ({ side: row.start * 2 ** k, filters: times * filters }));
  return { start: start!, maps, attending: attending(maps, size, version.attention.up[side]) };
}

/** The maps of a judge, which starts from the picture. */
export function bigganDown(sample: Shape, size: BigganSize, version: BigganVersion): BigganMaps {
  const { row, filters, side } = sizeOf(sample, size, version);
  const maps = row.down.map((times, k) => ({ side: halved(side, k + 1, row), filters: times * filters }));
  const start = { side, filters: sample[2]! };
  return { start, maps, attending: attending(maps, size, version.attention.down[side]) };
}

/** The maps of a deep judge, which starts from a convolution of the picture. */
export function bigganDeepDown(sample: Shape, size: BigganSize, version: BigganVersion): BigganMaps {
  const { row, filters, side } = sizeOf(sample, size, version);
  const [stem, ...later] = row.down;
  const maps = later.map((times, k) => ({ side: halved(side, k + 1, row), filters: times * filters }));
  const start = { side, filters: stem! * filters };
  return { start, maps, attending: attending(maps, size, version.attention.down[side]) };
}

const halved = (side: number, blocks: number, { halvings }: Row): number => side / 2 ** Math.min(blocks, halvings);

/** @throws TypeError unless the sample is a square picture of a side in the table, and `filters` a count. */
function sizeOf(sample: Shape, { filters }: BigganSize, version: BigganVersion) {
  assertPicture(sample, Object.keys(table).map(Number));
  const [side] = sample;
  const width = filters ?? (side < 64 ? 64 : version.filters);
  assertCount('filters', width);
  return { row: table[side]!, side, filters: width };
}

function attending(maps: readonly PictureMap[], { attention }: BigganSize, paper: number | undefined) {
  return attendingMap(maps, attention === 'none' ? undefined : (attention ?? paper));
}

/** @throws TypeError unless a quarter of each map's channels is a whole number, as bottlenecks want it. */
export function assertQuarters(maps: readonly PictureMap[]): void {
  const odd = maps.find(({ filters }) => filters % 4 !== 0);
  if (odd)
    throw new TypeError(
      `filters must give maps whose channels are multiples of 4, but one of side ${odd.side} has ${odd.filters}`,
    );
}
