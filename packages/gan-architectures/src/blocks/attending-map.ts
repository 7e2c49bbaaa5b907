import { shown } from '@gan/core';

/** A map of a network of pictures. */
export interface PictureMap {
  readonly side: number;
  readonly filters: number;
}

/**
 * The first map of a side, which is to attend to itself; none where no side is given.
 *
 * @throws TypeError if `attention` is no side of a map, or its channels can't be split for queries and keys.
 */
export function attendingMap<M extends PictureMap>(maps: readonly M[], attention: number | undefined): M | undefined {
  if (attention === undefined) return undefined;
  const attending = maps.find(({ side }) => side === attention);
  if (!attending)
    throw new TypeError(
      `attention must be the side of a map, one of ${[...new Set(maps.map(({ side }) => side))].join(', ')}, but is ${shown(attention)}`,
    );
  if (attending.filters % 8 !== 0)
    throw new TypeError(`attention wants a map whose channels are a multiple of 8, but they are ${attending.filters}`);
  return attending;
}
