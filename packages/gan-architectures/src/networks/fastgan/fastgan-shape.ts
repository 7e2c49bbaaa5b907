import { assertCount, type Shape } from '@gan/core';
import { assertPicture } from '../../picture.js';

/** The sides that the authors' code has, and three below them. */
const known = [32, 64, 128, 256, 512, 1024];

/** What the parts of a FastGAN have to agree on. */
export interface FastganShape {
  readonly side: number;
  readonly channels: number;
  /** Channels of a map on the way up, of generator and decoders: `filters` at 128, half for twice the side, 2 times as many at 64 and 32, 4 at 16. */
  readonly up: (side: number) => number;
  /** Channels of a map on the way down: `filters` at 64, half for twice the side. */
  readonly down: (side: number) => number;
}

/** @throws TypeError unless the sample is a square picture of a side from 32 to 1024 that is a power of two, and `filters` a count. */
export function fastganShape(sample: Shape, filters: number): FastganShape {
  assertPicture(sample, known);
  assertCount('filters', filters);
  const [side, , channels] = sample;
  return {
    side,
    channels,
    up: (of) => Math.ceil((filters * (of < 128 ? 64 : 128)) / (of === 64 ? 32 : of)),
    down: (of) => Math.ceil((filters * 64) / of),
  };
}

/** The sides from one to another, both included, by doubling or halving. */
export function sidesBetween(from: number, to: number): readonly number[] {
  const factor = to > from ? 2 : 1 / 2;
  const count = Math.abs(Math.log2(to / from)) + 1;
  return Array.from({ length: count }, (_, k) => from * factor ** k);
}
