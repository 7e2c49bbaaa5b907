import { assertCount, assertKnownOptions, assertPositive } from '@gan/core';
import { type Mixture, mixture } from './mixture.js';

export interface GaussianGridOptions<Modes extends number> {
  /** A square number; 25 unless said. */
  readonly modes?: Modes;
  /** Between neighbouring modes; 2 unless said. */
  readonly spacing?: number;
  /** Of each mode; 0.05 unless said. */
  readonly deviation?: number;
}

/**
 * Equally likely Gaussians on a square grid around the origin, row by row: with the papers' scales, which are the
 * default, the centres are {-4, -2, 0, 2, 4} x {-4, -2, 0, 2, 4}. The points are drawn afresh for each batch.
 *
 * @returns Points `[2]` and the mode each belongs to, with `centres` and `deviation` for measuring mode coverage.
 * @throws TypeError if the number of modes is no square, or a length is not positive.
 * @see Srivastava et al. (2017), arXiv:1705.07761, section 4.1; Lin et al. (2018), arXiv:1712.04086, section 4.1.
 */
export function gaussianGrid<const Modes extends number = 25>(
  options: GaussianGridOptions<Modes> = {},
): Mixture<Modes> {
  assertKnownOptions('gaussianGrid', options, ['modes', 'spacing', 'deviation']);
  const { modes = 25 as Modes, spacing = 2, deviation = 0.05 } = options;
  assertCount('modes', modes);
  assertPositive('spacing', spacing);
  assertPositive('deviation', deviation);
  const side = Math.round(Math.sqrt(modes));
  if (side * side !== modes) throw new TypeError(`modes must be a square number, as 25 is, but is ${modes}`);
  const coordinate = (step: number) => spacing * (step - (side - 1) / 2);
  const centres = Array.from(
    { length: modes },
    (_, k) => [coordinate(Math.floor(k / side)), coordinate(k % side)] as const,
  );
  return mixture({ modes, centres, deviation });
}
