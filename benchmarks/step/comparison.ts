import type { Summary } from './quiet.js';

/** What was measured of one peer. */
export interface PeerResult extends Summary {
  /** Our median by its own. */
  readonly ratio: number;
  /** Additions and multiplications of convolutions and matrix products in a second, in thousands of millions. */
  readonly gigaflops: number;
  /** Of the peak that was measured in the same run, with as many threads. */
  readonly shareOfPeak: number;
}

/**
 * Times of peers as ratios and rates: a step of m multiply-adds that takes t milliseconds does `2e-6 m / t` thousand millions
 * of additions and multiplications a second.
 *
 * @param summaries Ours among them.
 * @param peak In the same unit.
 */
export function comparison(
  summaries: Readonly<Record<string, Summary>>,
  multiplyAdds: number,
  peak: number,
): Readonly<Record<string, PeerResult>> {
  const ours = summaries['ours']!.medianMs;
  return Object.fromEntries(
    Object.entries(summaries).map(([name, taken]) => {
      const gigaflops = (2e-6 * multiplyAdds) / taken.medianMs;
      return [
        name,
        {
          ...taken,
          ratio: rounded(ours / taken.medianMs, 3),
          gigaflops: rounded(gigaflops, 1),
          shareOfPeak: rounded(gigaflops / peak, 3),
        },
      ];
    }),
  );
}

/** To so many digits behind the point. */
export const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
