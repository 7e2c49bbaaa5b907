import type { Losses } from '../peers/protocol.js';

/** How far apart the losses of two peers may lie, relative to the larger. */
export const TOLERANCE = 1e-4;

/**
 * What two peers disagree on in the steps that they took from the same weights with the same numbers; undefined if on
 * nothing. Times of peers that compute something else mean nothing.
 */
export function disagreement(
  ours: readonly Losses[],
  { name, losses }: { readonly name: string; readonly losses: readonly Losses[] },
): string | undefined {
  for (const [step, mine] of ours.entries())
    for (const [player, loss] of Object.entries(mine)) {
      const theirs = losses[step]?.[player];
      if (theirs === undefined) return `${name} has no ${player} loss of step ${step}`;
      if (!(Math.abs(loss - theirs) <= TOLERANCE * Math.max(Math.abs(loss), Math.abs(theirs))))
        return `the ${player} loss of step ${step} is ${loss} with us, but ${theirs} with ${name}: that is not the same step, so its time is not compared`;
    }
  return undefined;
}
