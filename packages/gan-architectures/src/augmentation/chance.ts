import type { Random } from '@gan/core';
import { exp, fill, floor, less, mul, sub, type Tensor, where } from '@tensorflow/tfjs-core';

/** How often each transform of a pipeline happens to a picture, and by which draws. */
export interface Chance {
  /** How many pictures there are. */
  readonly batch: number;
  /** A scalar in [0, 1]. */
  readonly probability: Tensor;
  readonly random: Random;
}

/**
 * A number for each picture, `[batch]`: drawn with the probability of the chance, else the one that changes nothing.
 *
 * @param name Of the stream that is drawn from.
 */
export const sometimes = (
  { batch, probability, random }: Chance,
  name: string,
  drawn: (random: Random) => Tensor,
  otherwise: number,
): Tensor => {
  const happens = less(random.stream(name, 'happens').uniform([batch]), probability);
  return where(happens, drawn(random.stream(name, 'drawn')), fill([batch], otherwise));
};

/** One of the whole numbers from 0 to count - 1, all as likely, for those pictures; else 0. */
export const sometimesAmong = (chance: Chance, name: string, count: number): Tensor =>
  sometimes(chance, name, (random) => floor(mul(random.uniform([chance.batch]), count)), 0);

/** Any angle, in radians, for those pictures; else 0. */
export const sometimesTurned = (chance: Chance, name: string): Tensor =>
  sometimes(chance, name, (random) => mul(fromMinusOne(random.uniform([chance.batch])), Math.PI), 0);

/** From [0, 1) to [-1, 1). */
export const fromMinusOne = (uniform: Tensor): Tensor => sub(mul(uniform, 2), 1);

/** exp(deviation * normal), with the deviation in powers of two. */
export const logNormal = (normal: Tensor, deviation: number): Tensor => exp(mul(normal, deviation * Math.LN2));
