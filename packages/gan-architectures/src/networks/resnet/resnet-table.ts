import { assertCount, type Shape } from '@gan/core';
import { attendingMap, type PictureMap } from '../../blocks/attending-map.js';
import { assertPicture } from '../../picture.js';

/** The residual networks for one side. */
interface Row {
  /** The side of the map that a generator starts from. */
  readonly start: number;
  /** Channels of a generator's maps, that of the start first, as multiples of those of the last. */
  readonly up: readonly number[];
  /** Channels of a judge's maps, finest first, as multiples of those of the first. */
  readonly down: readonly number[];
  /** How many of the judge's blocks halve the sides. */
  readonly halvings: number;
  /** Channels of the finest map in the paper, on either side. */
  readonly filters: { readonly up: number; readonly down: number };
}

const finest = { up: 64, down: 64 } as const;

/** Miyato et al. (2018), tables 4, 5 and 6, and of 64 x 64 the authors' code. */
const table: Readonly<Record<number, Row>> = {
  32: { start: 4, up: [1, 1, 1, 1], down: [1, 1, 1, 1], halvings: 2, filters: { up: 256, down: 128 } },
  48: { start: 6, up: [8, 4, 2, 1], down: [1, 2, 4, 8, 16], halvings: 4, filters: finest },
  64: { start: 4, up: [16, 8, 4, 2, 1], down: [1, 2, 4, 8, 16], halvings: 5, filters: finest },
  128: { start: 4, up: [16, 16, 8, 4, 2, 1], down: [1, 2, 4, 8, 16, 16], halvings: 5, filters: finest },
};

/** How large a residual network is, and where it attends. */
export interface ResnetSize {
  readonly filters?: number;
  readonly attention?: number;
}

/** The maps of a residual network, in its own order, and which of them attends to itself. */
export interface ResnetMaps {
  readonly maps: readonly PictureMap[];
  readonly attending: PictureMap | undefined;
}

/** @throws TypeError unless the sample is a square picture of a side that the papers have a network for. */
function rowOf(sample: Shape): Row & { readonly side: number } {
  assertPicture(sample, Object.keys(table).map(Number));
  const [side] = sample;
  return { ...table[side]!, side };
}

/** The maps of a generator: what it starts from, and what each block gives. */
export function resnetUp(
  sample: Shape,
  { filters, attention }: ResnetSize,
): ResnetMaps & { readonly start: PictureMap } {
  const { start: side, up, filters: paper } = rowOf(sample);
  const width = filters ?? paper.up;
  assertCount('filters', width);
  const [start, ...maps] = up.map((times, k) => ({ side: side * 2 ** k, filters: times * width }));
  return { start: start!, maps, attending: attendingMap(maps, attention) };
}

/** The maps of a judge: what each block gives. */
export function resnetDown(sample: Shape, { filters, attention }: ResnetSize): ResnetMaps {
  const { side, down, halvings, filters: paper } = rowOf(sample);
  const width = filters ?? paper.down;
  assertCount('filters', width);
  const maps = down.map((times, k) => ({ side: side / 2 ** Math.min(k + 1, halvings), filters: times * width }));
  return { maps, attending: attendingMap(maps, attention) };
}
