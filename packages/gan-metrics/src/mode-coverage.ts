import { assertPositive } from '@gan/core';

/** A mixture of isotropic Gaussians, all as likely and as wide as each other. */
export interface Modes {
  /** Where they are: one row of as many numbers as a point has, for each. */
  readonly centres: readonly (readonly number[])[];
  /** The standard deviation of each, along any axis. */
  readonly deviation: number;
}

/** How well points cover a mixture. */
export interface ModeCoverage {
  /** How many modes have at least one high-quality point. */
  readonly modes: number;
  /** The share of points that are of high quality, 0 to 1. */
  readonly highQualityShare: number;
  /**
   * The Kullback-Leibler divergence, in nats, of the high-quality points' histogram over modes from the uniform one:
   * 0 when even, log(modes) when all are in one; Infinity when there are none.
   */
  readonly reverseKL: number;
}

const squaredDistance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);

/** @throws TypeError unless there are centres, all of one dimension, and a positive deviation. */
export function assertModes({ centres, deviation }: Modes): void {
  assertPositive('deviation', deviation);
  const dimensions = centres[0]?.length;
  if (!dimensions) throw new TypeError('centres must have at least one centre of at least one number, but are empty');
  const odd = centres.findIndex((centre) => centre.length !== dimensions);
  if (odd >= 0)
    throw new TypeError(
      `centres must all have ${dimensions} numbers like the first, but ${odd} has ${centres[odd]!.length}`,
    );
}

/**
 * Mode coverage as VEEGAN introduced and PacGAN settled it: a point is of high quality when it lies within 3 standard
 * deviations of its nearest centre, and a mode is covered when it has at least one such point. Both draw 2,500 points.
 * The histogram of the reverse Kullback-Leibler divergence counts high-quality points only, as PacGAN's code does.
 *
 * @param points One row per point.
 * @throws TypeError if the modes are none, there are no points, or a point has another dimension than the centres.
 * @see Srivastava et al. (2017), arXiv:1705.07761, section 4.1; Lin et al. (2018), arXiv:1712.04086, section 4.1.
 */
export function modeCoverage(points: readonly (readonly number[])[], modes: Modes): ModeCoverage {
  assertModes(modes);
  const { centres, deviation } = modes;
  const dimensions = centres[0]!.length;
  if (points.length === 0) throw new TypeError('mode coverage needs at least one point, but there are none');
  const histogram = centres.map(() => 0);
  for (const [i, point] of points.entries()) {
    if (point.length !== dimensions)
      throw new TypeError(
        `points must have ${dimensions} numbers like the centres, but point ${i} has ${point.length}`,
      );
    const distances = centres.map((centre) => squaredDistance(point, centre));
    const nearest = distances.reduce((best, value, j) => (value < distances[best]! ? j : best), 0);
    if (distances[nearest]! <= (3 * deviation) ** 2) histogram[nearest]! += 1;
  }
  const good = histogram.reduce((sum, count) => sum + count, 0);
  const divergence = histogram
    .filter((count) => count > 0)
    .reduce((sum, count) => sum + (count / good) * Math.log((count / good) * centres.length), 0);
  return {
    modes: histogram.filter((count) => count > 0).length,
    highQualityShare: good / points.length,
    reverseKL: good === 0 ? Number.POSITIVE_INFINITY : Math.max(0, divergence),
  };
}
