import { assertCount, assertFinite, assertKnownOptions, assertPositive } from './checks.js';
import type { Rate } from './optimizer.js';

/**
 * A number by a count: of an optimizer's updates, from 1, for its rates and the decay of an average; of steps, from 0,
 * for `scheduled` weights. Any function of that form is one; these are the usual ones. None of them has a state.
 */
export type Schedule = (count: number) => number;

/** From one value to another in so many counts, which then holds. */
export interface RampOptions {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

const ramp = (name: string, options: RampOptions, rise: (share: number) => number): Schedule => {
  assertKnownOptions(name, options, ['from', 'to', 'steps']);
  const { from, to, steps } = options;
  assertFinite('from', from);
  assertFinite('to', to);
  assertCount('steps', steps);
  return (count) => from + (to - from) * rise(Math.min(count / steps, 1));
};

/**
 * In a straight line, `from + (to - from) min(n / steps, 1)`.
 *
 * @throws TypeError if a value is not finite, or `steps` not a whole number of at least 1.
 */
export const linear = (options: RampOptions): Schedule => ramp('linear', options, (share) => share);

/**
 * Along half a cosine, `to + (from - to) (1 + cos(pi min(n / steps, 1))) / 2`.
 *
 * @throws TypeError if a value is not finite, or `steps` not a whole number of at least 1.
 * @see Loshchilov, Hutter (2017), arXiv:1608.03983, equation 5, without restarts.
 */
export const cosine = (options: RampOptions): Schedule =>
  ramp('cosine', options, (share) => (1 - Math.cos(Math.PI * share)) / 2);

/** A value that is multiplied by a factor again and again. */
export interface DecayOptions {
  readonly from: number;
  /** What is left after every `steps`. */
  readonly factor: number;
  readonly steps: number;
}

const decay = (name: string, options: DecayOptions, times: (count: number) => number): Schedule => {
  assertKnownOptions(name, options, ['from', 'factor', 'steps']);
  const { from, factor, steps } = options;
  assertFinite('from', from);
  assertPositive('factor', factor);
  assertCount('steps', steps);
  return (count) => from * factor ** times(count / steps);
};

/**
 * Exponentially, `from * factor^(n / steps)`: `factor: 0.5` makes `steps` the half-life.
 *
 * @throws TypeError if `from` is not finite, `factor` not positive, or `steps` not a whole number of at least 1.
 */
export const exponential = (options: DecayOptions): Schedule => decay('exponential', options, (count) => count);

/**
 * In stairs, `from * factor^floor(n / steps)`.
 *
 * @throws TypeError if `from` is not finite, `factor` not positive, or `steps` not a whole number of at least 1.
 */
export const staircase = (options: DecayOptions): Schedule => decay('staircase', options, Math.floor);

/**
 * Up from nothing to a rate in a straight line, `min(n / steps, 1) * to(n)`.
 *
 * @param options.to A number, or the schedule that it leads to; that counts from the same start.
 * @throws TypeError if `steps` is not a whole number of at least 1, or `to` neither a finite number nor a function.
 * @see Goyal et al. (2017), arXiv:1706.02677, section 2.2.
 */
export function warmUp(options: { readonly steps: number; readonly to: Rate }): Schedule {
  assertKnownOptions('warmUp', options, ['steps', 'to']);
  const { steps, to } = options;
  assertCount('steps', steps);
  if (typeof to !== 'function') assertFinite('to', to);
  return (count) => Math.min(count / steps, 1) * (typeof to === 'function' ? to(count) : to);
}
