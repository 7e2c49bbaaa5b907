import { untaped } from '@gan/core';
import { gatherND, mul, reshape, sum, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Affine } from './affine.js';
import { alongAxis } from './along-axes.js';
import { corners, cornerWeights, type Extent, finePlaces } from './fine-places.js';
import { mirroredPlace, summedMatrix } from './mirrored-line.js';

/** The low-pass filter of the wavelet sym6, scaled to a sum of 1: orthogonal to itself moved by two places. */
const taps = [
  0.015404109327027373, 0.0034907120842174702, -0.11799011114819057, -0.048311742585633, 0.4910559419267466,
  0.787641141030194, 0.3379294217276218, -0.07263752278646252, -0.021060292512300564, 0.04472490177066578,
  0.0017677118642428036, -0.007800708325034148,
].map((tap) => tap / Math.SQRT2);

/** How many half pixels beyond the picture, at each of its ends, the filter reads. */
const reach = 5;

/** Of each side the pixels, those mirrored at each end before the resolution is doubled, and the half pixels read. */
const extent = (side: number): Extent => ({ side, margin: Math.max(3, Math.ceil(side / 2)), reach });

/**
 * Pictures moved by maps of the plane as the paper does it: the resolution doubled by a filter, bilinear interpolation
 * between what is there, and the resolution halved by the same filter. Where nothing moves, each pixel keeps its value.
 * Around a picture lies its mirror image, without end.
 *
 * It is linear in the pictures, made of products, a look-up and sums: gradients go through to any order.
 *
 * Unlike the paper's program, which mirrors as far as the batch at hand needs, at most one side, with zeros beyond, half a
 * side around the picture is mirrored before the resolution is doubled, and what lies further away afterwards. The filter
 * is not quite even: far away, the mirror image is off by a fraction of a pixel.
 *
 * @param maps Where each place of the result comes from.
 * @see Karras et al. (2020), arXiv:2006.06676, appendix B.
 */
export function warped(pictures: Tensor4D, maps: Affine): Tensor4D {
  const [batch, height, width, channels] = pictures.shape;
  const [down, across] = [extent(height), extent(width)];
  const fine = alongAxis(alongAxis(pictures, 1, doubling(down)), 2, doubling(across));
  const places = untaped(() => finePlaces(maps, down, across));
  const found = gatherND(
    reshape(fine, [-1, channels]),
    untaped(() => corners(places, down, across)),
  );
  const weights = untaped(() => cornerWeights(places));
  const between = sum(mul(reshape(found, [4, -1, channels]), weights), 0);
  const moved = reshape(between, [batch, 2 * (height + reach), 2 * (width + reach), channels]) as Tensor4D;
  return alongAxis(alongAxis(moved, 1, halving(down)), 2, halving(across));
}

/** `[2 (side + 2 margin), side]`: twice the places, by zeros between and the filter. */
const doubling = ({ side, margin }: Extent) =>
  summedMatrix(2 * (side + 2 * margin), side, (add) => {
    for (let row = 0; row < 2 * (side + 2 * margin); row++)
      for (const [k, tap] of taps.entries()) {
        const place = row - 2 * margin + reach - k;
        if (place % 2 === 0) add(row, mirroredPlace(place / 2, side), 2 * tap);
      }
  });

/** `[side, 2 (side + reach)]`: half the places, behind the filter. */
const halving = ({ side }: Extent) =>
  summedMatrix(side, 2 * (side + reach), (add) => {
    for (let row = 0; row < side; row++) for (const [k, tap] of taps.entries()) add(row, 2 * row + k, tap);
  });
