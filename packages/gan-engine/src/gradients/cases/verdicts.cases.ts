import { distance, gradientOf, lossOf, type Use } from './derivatives.cases.js';

/** How a gradient of an op is on an engine; `absent` where the engine cannot compute the op itself. */
export type Verdict = 'right' | 'wrong' | 'throws' | 'absent';

/** All numbers of the gradient of a loss, and of that of its derivative along a direction. */
export interface Truth {
  readonly attempt: number;
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** A gradient beside the truth: how far it is from it, relative to the largest entry; Infinity if it throws. */
export interface Finding {
  readonly verdict: Verdict;
  readonly error: number;
  readonly sentence?: string;
}

/** How far float32 may be from the truth; a wrong term is of the order of the truth itself. */
export const TOLERANCE = 1e-4;

/** The truth, on an engine whose gradients central differences confirm. */
export const truthOf = (use: Use): Truth => ({
  attempt: use.attempt,
  first: gradientOf(use, 1),
  second: gradientOf(use, 2),
});

/** Both gradients of a use on the current engine. */
export function findings(use: Use, truth: Truth): { readonly first: Finding; readonly second: Finding } {
  const absent = lacking(use);
  if (absent) return { first: absent, second: absent };
  return {
    first: finding(() => gradientOf(use, 1), truth.first),
    second: finding(() => gradientOf(use, 2), truth.second),
  };
}

const failed = (verdict: Verdict, cause: unknown): Finding => ({
  verdict,
  error: Number.POSITIVE_INFINITY,
  sentence: cause instanceof Error ? cause.message : String(cause),
});

function lacking(use: Use): Finding | undefined {
  try {
    lossOf(use);
    return undefined;
  } catch (cause) {
    return failed('absent', cause);
  }
}

function finding(compute: () => number[], truth: readonly number[]): Finding {
  try {
    const error = distance(compute(), truth);
    return { verdict: error < TOLERANCE ? 'right' : 'wrong', error };
  } catch (cause) {
    return failed('throws', cause);
  }
}
