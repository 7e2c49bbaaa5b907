import { assertKnownOptions, type Term } from '@gan/core';
import { l1 } from './l1.js';

/** Options of `cycleConsistency` and `identityMapping`. */
export interface ComparisonOptions {
  /** How the two are compared: any term about `left` and `right`; `l1()` unless said. */
  readonly distance?: Term<{}, 'left' | 'right'>;
}

/**
 * Cycle consistency: what is translated there and back is what it was,
 *
 *     mean |left - right|        left = x,  right = F(G(x)), once for each direction
 *
 * as in `on({ left: 'a', right: 'backA' }, weighted(10, cycleConsistency()))`, 10 being the paper's weight. It is `l1` by
 * another name, or whatever else is given as `distance`.
 *
 * @returns A term for whoever makes `left` or `right`, two samples of the same shape: both translators learn from it.
 * @throws TypeError if `distance` is not about `left` and `right`.
 * @see Zhu et al. (2017), arXiv:1703.10593, equation 2.
 */
export const cycleConsistency = (options: ComparisonOptions = {}): Term<{}, 'left' | 'right'> =>
  comparison('cycleConsistency', 'cycle-consistency', options);

/** A term that compares `left` and `right`, under another name. */
export function comparison(factory: string, name: string, options: ComparisonOptions): Term<{}, 'left' | 'right'> {
  assertKnownOptions(factory, options, ['distance']);
  const { distance = l1() } = options;
  if (!['left', 'right'].every((role) => distance.samples.includes(role as 'left')))
    throw new TypeError(
      `distance must be a term about left and right, but ${distance.name} is about ${distance.samples.join(' and ')}`,
    );
  return { ...distance, name };
}
