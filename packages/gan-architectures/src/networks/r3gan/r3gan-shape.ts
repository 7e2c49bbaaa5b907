import { assertCount, type Shape, shown } from '@gan/core';
import { doubling, widthOfDoubling } from '../../doubling.js';

/** How large an R3GAN is. */
export interface R3ganSize {
  /** Channels of the maps at the picture's own side; they double with every halving. 768 up to 32 x 32, 384 at 64, 96 at 256, unless said, as in the authors' code. */
  readonly filters?: number;
  /** Channels of no map are more than this; 768, unless said, as in the authors' code but for ImageNet, where all maps have 1536. */
  readonly widest?: number;
  /** Residual blocks for each side; 2, unless said, as in the paper. */
  readonly blocks?: number;
  /** Channels of a group of the grouped convolutions; 16, unless said, as in the authors' code but for ImageNet, where they are 32. */
  readonly perGroup?: number;
}

/** The maps of one side. */
export interface R3ganStage {
  readonly side: number;
  readonly filters: number;
  /** Of its grouped convolutions. */
  readonly groups: number;
}

/** What the two networks have in common. */
export interface R3ganShape {
  /** Coarsest first, from 4 x 4 on. */
  readonly stages: readonly R3ganStage[];
  readonly channels: number;
  readonly blocks: number;
  /** All residual blocks of a network: the more there are, the smaller each starts. */
  readonly depth: number;
}

/** How many times as many channels a block has inside. */
export const EXPANSION = 2;

/**
 * @throws TypeError unless the sample is a square picture whose side is a power of two from 8 on, and the channels inside
 *   of every block are a multiple of those of a group.
 */
export function r3ganShape(sample: Shape, { widest = 768, blocks = 2, perGroup = 16, ...size }: R3ganSize): R3ganShape {
  const { sides, channels } = doubling(sample, 8);
  const finest = sides.at(-1)!;
  assertCount('widest', widest);
  assertCount('blocks', blocks);
  assertCount('perGroup', perGroup);
  const filtersAt = widthOfDoubling(finest, size.filters ?? Math.min(widest, Math.ceil((32 * 768) / finest)), widest);
  const stages = sides.map((side) => {
    const filters = filtersAt(side);
    const groups = (EXPANSION * filters) / perGroup;
    if (!Number.isInteger(groups))
      throw new TypeError(
        `perGroup must divide the ${EXPANSION} x ${filters} channels inside of a block, but is ${shown(perGroup)}`,
      );
    return { side, filters, groups };
  });
  return { stages, channels, blocks, depth: blocks * sides.length };
}
