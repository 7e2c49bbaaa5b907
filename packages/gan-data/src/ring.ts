import { assertCount, assertKnownOptions, assertPositive } from '@gan/core';
import { type Mixture, mixture } from './mixture.js';

export interface RingOptions<Modes extends number> {
  /** 8 unless said. */
  readonly modes?: Modes;
  /** Of the circle on which the modes lie; 2 unless said. */
  readonly radius?: number;
  /** Of each mode; 0.02 unless said. */
  readonly deviation?: number;
}

/**
 * Equally likely Gaussians at equal distances on a circle, the commonest test of whether a GAN drops modes,
 *
 *     centre k = radius * (cos(2 pi k / modes), sin(2 pi k / modes))
 *
 * with the scales of Metz et al.; PacGAN's ring is `ring({ radius: 1, deviation: 0.01 })`. The points are drawn afresh
 * for each batch. Unlike the paper, whose published program puts the first and the last centre in the same place, all
 * modes are distinct.
 *
 * @returns Points `[2]` and the mode each belongs to, with `centres` and `deviation` for measuring mode coverage.
 * @throws TypeError if there are no modes, or a length is not positive.
 * @see Metz, Poole, Pfau, Sohl-Dickstein (2017), arXiv:1611.02163, appendix A; Lin et al. (2018), arXiv:1712.04086.
 */
export function ring<const Modes extends number = 8>(options: RingOptions<Modes> = {}): Mixture<Modes> {
  assertKnownOptions('ring', options, ['modes', 'radius', 'deviation']);
  const { modes = 8 as Modes, radius = 2, deviation = 0.02 } = options;
  assertCount('modes', modes);
  assertPositive('radius', radius);
  assertPositive('deviation', deviation);
  const centres = Array.from({ length: modes }, (_, k) => {
    const angle = (2 * Math.PI * k) / modes;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
  return mixture({ modes, centres, deviation });
}
