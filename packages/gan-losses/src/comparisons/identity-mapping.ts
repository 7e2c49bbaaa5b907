import type { Term } from '@gan/core';
import { type ComparisonOptions, comparison } from './cycle-consistency.js';

/**
 * Identity mapping: a translator leaves alone what is of its target domain already, and so keeps colours,
 *
 *     mean |left - right|        left = y,  right = G(y), for G that translates to the domain of y
 *
 * as in `on({ left: 'b', right: 'sameB' }, weighted(5, identityMapping()))` with the sample
 * `sameB: { by: 'toB', from: { source: 'b' } }`; the paper's weight is half that of the cycle. It is `l1` by another
 * name, or whatever else is given as `distance`.
 *
 * @returns A term for whoever makes `left` or `right`, two samples of the same shape.
 * @throws TypeError if `distance` is not about `left` and `right`.
 * @see Zhu et al. (2017), arXiv:1703.10593, section 5.2; Taigman, Polyak, Wolf (2017), arXiv:1611.02200, equation 6.
 */
export const identityMapping = (options: ComparisonOptions = {}): Term<{}, 'left' | 'right'> =>
  comparison('identityMapping', 'identity-mapping', options);
