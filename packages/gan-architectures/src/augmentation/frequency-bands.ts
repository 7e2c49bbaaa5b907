/** The low-pass filter of the wavelet sym2. */
const low = [-0.12940952255092145, 0.22414386804185735, 0.836516303737469, 0.48296291314469025];

const convolved = (a: readonly number[], b: readonly number[]): number[] => {
  const all = new Array<number>(a.length + b.length - 1).fill(0);
  for (const [i, x] of a.entries()) for (const [k, y] of b.entries()) all[i + k]! += x * y;
  return all;
};

/** Half the product of a filter with itself reversed, which moves nothing. */
const unmoved = (filter: readonly number[]): number[] => convolved(filter, filter.toReversed()).map((tap) => tap / 2);

const keeps = unmoved(low);
const takes = unmoved(low.map((tap, k) => (k % 2 === 0 ? tap : -tap)));

/**
 * Filters of the four uppermost octaves of frequencies, the lowest of which has all below it too: 43 taps each, which read
 * the same backwards. They add up to the filter that changes nothing.
 *
 * @see Karras et al. (2020), arXiv:2006.06676, appendix B.
 */
export const bands: readonly (readonly number[])[] = [1, 2, 3].reduce<number[][]>(
  (found, octave) => {
    const finer = found.map((band) =>
      convolved(
        band.flatMap((tap, k) => (k === 0 ? [tap] : [0, tap])),
        keeps,
      ),
    );
    const start = (finer[octave]!.length - takes.length) / 2;
    for (const [k, tap] of takes.entries()) finer[octave]![start + k]! += tap;
    return finer;
  },
  [[1], [0], [0], [0]],
);
