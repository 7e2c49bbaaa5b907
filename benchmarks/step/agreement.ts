import type { Prepared } from '../peers/protocol.js';

/** How far apart the losses of the first step may lie, relative to the larger. */
export const TOLERANCE = 1e-4;

/**
 * What losses below it are relative to: the mean of scores of both signs can be next to nothing, and rounds as the scores do.
 * The generator's loss in the first step of `unet`, which follows an update of the judge, is 0.049308 in doubles; in singles it is 0.049322
 * here, 0.049349 in PyTorch.
 */
const SMALL = 0.5;

/**
 * And all that comes of it: moments, later losses. Adam's first step is the sign of the gradient, whatever its size: where
 * that is all rounding, two right programs part. PyTorch in its two memory formats differs from itself by 2e-4 in the
 * second step at 64 x 64, and by 1e-3 in the third.
 */
export const LATER = 1e-2;

/** The same where factors of convolutions are rounded to 10 bits, by two libraries in two orders. */
export const COARSE = { first: 1e-2, later: 0.2 } as const;

/** What a peer did when it was checked. */
export type Checked = Pick<Prepared, 'losses' | 'moments'>;

/**
 * What two peers disagree on in the steps that they took from the same weights with the same numbers; undefined if on
 * nothing. Times of peers that compute something else mean nothing.
 *
 * @param first How far the losses of the first step may lie apart.
 * @param later How far all that comes of it may.
 */
export function disagreement(
  ours: Checked,
  theirs: Checked & { readonly name: string },
  first: number = TOLERANCE,
  later: number = LATER,
): string | undefined {
  const pairs = [
    ...ours.losses.flatMap((losses, step) =>
      Object.entries(losses).map(([player, loss]) => ({
        what: `the ${player} loss of step ${step}`,
        values: [loss, theirs.losses[step]?.[player]] as const,
        least: SMALL,
        tolerance: step === 0 ? first : later,
      })),
    ),
    ...Object.entries(ours.moments).map(([name, norm]) => ({
      what: `the norm of Adam's ${name} after step 0`,
      values: [norm, theirs.moments[name]] as const,
      least: 0,
      tolerance: later,
    })),
  ];
  const fault = pairs.find(({ values: [a, b], least, tolerance }) => !(distance(a, b, least) <= tolerance));
  if (!fault) return undefined;
  const [mine, other] = fault.values;
  return `${fault.what} is ${mine} with us, but ${other} with ${theirs.name}: that is not the same step, so its time is not compared`;
}

const distance = (a: number, b = Number.NaN, least = 0): number =>
  Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), least);
