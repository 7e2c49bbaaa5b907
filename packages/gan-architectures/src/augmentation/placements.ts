import { div, mul, neg, round, sqrt, sub, type Tensor } from '@tensorflow/tfjs-core';
import { type Affine, moving, product, quarterTurning, stretching, turning } from './affine.js';
import { type Chance, fromMinusOne, logNormal, sometimes, sometimesAmong, sometimesTurned } from './chance.js';

/** The sides of a picture. */
export interface Sides {
  readonly height: number;
  readonly width: number;
}

/**
 * Pixel blitting: with the probability of the chance each, a picture is mirrored left to right, half of the time; turned by
 * one of the four quarters; and moved by whole pixels, uniform in an eighth of the side each way.
 *
 * @returns Where each place of the result comes from, `[batch, 3, 3]`.
 * @see Karras et al. (2020), arXiv:2006.06676, appendix B.
 */
export function blitting(chance: Chance, { height, width }: Sides): Affine {
  const { batch } = chance;
  const way = (axis: string, side: number): Tensor =>
    round(
      sometimes(chance, 'whole move', (random) => mul(fromMinusOne(random.stream(axis).uniform([batch])), side / 8), 0),
    );
  return product([
    stretching(batch, sub(1, mul(sometimesAmong(chance, 'mirror', 2), 2)), 1),
    quarterTurning(batch, sometimesAmong(chance, 'quarter turn', 4)),
    moving(batch, neg(way('x', width)), neg(way('y', height))),
  ]);
}

/**
 * General geometric transformations: with the probability of the chance each, a picture is scaled by a factor whose
 * logarithm to the base 2 is normal with deviation 0.2; turned by any angle; stretched along one axis and shrunk along the
 * other by such a factor; turned again; and moved by a normal share of the side with deviation 1/8. The turns have the
 * probability 1 - sqrt(1 - p), so that one or the other happens with p.
 *
 * @returns Where each place of the result comes from, `[batch, 3, 3]`.
 * @see Karras et al. (2020), arXiv:2006.06676, appendix B.
 */
export function geometry(chance: Chance, { height, width }: Sides): Affine {
  const { batch, probability } = chance;
  const factor = (name: string): Tensor =>
    sometimes(chance, name, (random) => logNormal(random.normal([batch]), 0.2), 1);
  const rarer = { ...chance, probability: sub(1, sqrt(sub(1, probability))) };
  const way = (axis: string, side: number): Tensor =>
    sometimes(chance, 'move', (random) => mul(random.stream(axis).normal([batch]), side / 8), 0);
  const [scale, stretch] = [factor('scale'), factor('stretch')];
  return product([
    stretching(batch, div(1, scale), div(1, scale)),
    turning(batch, sometimesTurned(rarer, 'turn before')),
    stretching(batch, div(1, stretch), stretch),
    turning(batch, sometimesTurned(rarer, 'turn behind')),
    moving(batch, neg(way('x', width)), neg(way('y', height))),
  ]);
}
