import { depthwiseConv2d, pad, reshape, type Tensor4D, tensor, tile } from '@tensorflow/tfjs-core';

/** The binomial filter of StyleGAN2, before it is scaled to a sum of 1. */
const taps = [1, 3, 3, 1] as const;

/** What is done to a map between zeros that are put in and places that are left out. */
export interface Resampling {
  /** Zeros put in behind each number: `up - 1`, along both axes. */
  readonly up: number;
  /** Every how many-th place is kept. */
  readonly down: number;
  /** Zeros put around before the filter: [before, after], along both axes. */
  readonly padding: readonly [before: number, after: number];
  /** Along each axis; the filter is their outer product. */
  readonly taps: readonly number[];
}

/**
 * Upsamples, filters and downsamples a map `[batch, height, width, channels]`, each channel by itself:
 *
 *     zeros between, zeros around, a correlation with the filter, every `down`-th place
 *
 * It is linear, so its gradients are the same kind of thing, to any order.
 *
 * @see Karras et al. (2020), arXiv:1912.04958, appendix B.
 */
export function resample(x: Tensor4D, { up, down, padding: [before, after], taps: row }: Resampling): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const between = pad(reshape(x, [batch, height, 1, width, 1, channels]), [
    [0, 0],
    [0, 0],
    [0, up - 1],
    [0, 0],
    [0, up - 1],
    [0, 0],
  ]);
  const wide = up === 1 ? x : (reshape(between, [batch, up * height, up * width, channels]) as Tensor4D);
  const around = pad(wide, [
    [0, 0],
    [before, after],
    [before, after],
    [0, 0],
  ]) as Tensor4D;
  const filter = tile(
    tensor(
      row.flatMap((a) => row.map((b) => a * b)),
      [row.length, row.length, 1, 1],
    ),
    [1, 1, channels, 1],
  ) as Tensor4D;
  return depthwiseConv2d(around, filter, down, 'valid');
}

/** A row of taps scaled to a sum. */
const scaled = (to: number, row: readonly number[] = taps): number[] => {
  const sum = row.reduce((all, tap) => all + tap, 0);
  return row.map((tap) => (to * tap) / sum);
};

/** Filtered with [1, 3, 3, 1], unless said, along both axes, in all `gain` times, after zeros were put around: before and after. */
export const smoothed = (
  x: Tensor4D,
  padding: readonly [before: number, after: number],
  { gain = 1, taps: row = taps }: { readonly gain?: number; readonly taps?: readonly number[] } = {},
): Tensor4D => resample(x, { up: 1, down: 1, padding, taps: scaled(Math.sqrt(gain), row) });

/** Twice the sides, by zeros between and the filter [1, 3, 3, 1], which keeps a constant what it is. */
export const upsampled = (x: Tensor4D): Tensor4D => resample(x, { up: 2, down: 1, padding: [2, 1], taps: scaled(2) });

/** Half the sides, filtered first with [1, 3, 3, 1], which keeps a constant what it is away from the border. */
export const downsampled = (x: Tensor4D): Tensor4D => resample(x, { up: 1, down: 2, padding: [1, 1], taps: scaled(1) });
