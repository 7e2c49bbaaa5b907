import {
  abs,
  add,
  cast,
  concat,
  floor,
  greaterEqual,
  lessEqual,
  logicalAnd,
  matMul,
  mul,
  range,
  reshape,
  scalar,
  slice,
  stack,
  sub,
  type Tensor,
  tensor2d,
  where,
} from '@tensorflow/tfjs-core';
import type { Affine } from './affine.js';

/** One side of a picture whose resolution is doubled. */
export interface Extent {
  /** In pixels. */
  readonly side: number;
  /** Pixels that are mirrored at each end. */
  readonly margin: number;
  /** Half pixels beyond each end that a result is wanted for. */
  readonly reach: number;
}

/** How many half pixels there are, margins included. */
const fineSide = ({ side, margin }: Extent): number => 2 * (side + 2 * margin);

/**
 * Where in the picture of twice the resolution each half pixel of the result comes from, `[batch, 2, places]`: the row, and
 * the column, with fractions. What would be beyond the margins is where the picture mirrors it.
 */
export function finePlaces(maps: Affine, down: Extent, across: Extent): Tensor {
  const batch = maps.shape[0]!;
  const wanted = wantedPlaces(down, across);
  const from = reshape(matMul(reshape(maps, [batch * 3, 3]), wanted), [batch, 3, wanted.shape[1]!]);
  const line = (row: number, { side, margin }: Extent): Tensor => {
    const pixel = add(slice(from, [0, row, 0], [batch, 1, -1]), (side - 1) / 2);
    const near = logicalAnd(greaterEqual(pixel, -margin), lessEqual(pixel, side - 1 + margin));
    return add(mul(where(near, pixel, mirrored(pixel, side)), 2), 0.5 + 2 * margin);
  };
  return concat([line(1, down), line(0, across)], 1);
}

/** The half pixels of the result in pixels from its middle, as columns (x, y, 1). */
function wantedPlaces(down: Extent, across: Extent): Tensor {
  const middles = ({ side, reach }: Extent): number[] =>
    Array.from({ length: 2 * (side + reach) }, (_, k) => (k - reach + 0.5) / 2 - side / 2);
  const [rows, columns] = [middles(down), middles(across)];
  return tensor2d([
    rows.flatMap(() => columns),
    rows.flatMap((y) => columns.map(() => y)),
    rows.flatMap(() => columns.map(() => 1)),
  ]);
}

/** A place as the line from 0 to side - 1 mirrors it, without end. */
function mirrored(place: Tensor, side: number): Tensor {
  const period = Math.max(1, 2 * (side - 1));
  const within = sub(place, mul(floor(mul(place, 1 / period)), period));
  return sub(side - 1, abs(sub(within, side - 1)));
}

/** The half pixels around places, as rows of a table of all: upper left, upper right, lower left, lower right; int32, `[4 * batch * places, 1]`. */
export function corners(places: Tensor, down: Extent, across: Extent): Tensor {
  const [batch, , count] = places.shape as [number, number, number];
  const [height, width] = [fineSide(down), fineSide(across)];
  const [row, column] = [0, 1].map((of) => cast(floor(slice(places, [0, of, 0], [batch, 1, -1])), 'int32')) as [
    Tensor,
    Tensor,
  ];
  const first = mul(reshape(range(0, batch, 1, 'int32'), [batch, 1, 1]), scalar(height * width, 'int32'));
  const upperLeft = add(first, add(mul(row, scalar(width, 'int32')), column));
  const around = [0, 1, width, width + 1].map((step) => add(upperLeft, scalar(step, 'int32')));
  return reshape(stack(around), [4 * batch * count, 1]);
}

/** What each of those counts in bilinear interpolation, `[4, batch * places, 1]`. */
export function cornerWeights(places: Tensor): Tensor {
  const fraction = sub(places, floor(places));
  const [lower, right] = [0, 1].map((of) => slice(fraction, [0, of, 0], [-1, 1, -1])) as [Tensor, Tensor];
  const [upper, left] = [sub(1, lower), sub(1, right)];
  return reshape(stack([mul(upper, left), mul(upper, right), mul(lower, left), mul(lower, right)]), [4, -1, 1]);
}
