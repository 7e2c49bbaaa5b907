import { assertKnownOptions, assertOneOf, defineTerm, shown } from '@gan/core';
import { mean, neg, sub } from '@tensorflow/tfjs-core';
import type { Divergence } from './divergences.js';

/** Options of `fGan`. */
export interface FGanOptions {
  /** What the game estimates and makes small: `kullbackLeibler` and its neighbours, or one of your own. */
  readonly divergence: Divergence;
  /**
   * What the generator plays for: the bound itself (`minimax`), or high T, as in the paper's section 3.2
   * (`non-saturating`); `minimax` unless said.
   */
  readonly generator?: 'minimax' | 'non-saturating';
}

/**
 * The loss of f-GAN: the judge finds the tightest lower bound of an f-divergence between data and fakes, and the
 * generator makes it small,
 *
 *     discriminator:  mean f*(g(fake)) - mean g(real)
 *     generator:     -mean f*(g(fake))                  or -mean g(fake), if it is `non-saturating`
 *
 * with the divergence's own g and f* (see `Divergence`). Less the discriminator's value is the estimate of the
 * divergence; the judge's best score is such that g(v) = f'(p / q).
 *
 * @returns A term with both sides that reads a linear `score`.
 * @throws TypeError if `divergence` is none, or `generator` is neither.
 * @see Nowozin, Cseke, Tomioka (2016), arXiv:1606.00709, equation 6, section 3.2 and table 6.
 */
export function fGan(options: FGanOptions) {
  assertKnownOptions('fGan', options, ['divergence', 'generator']);
  const { divergence, generator = 'minimax' } = options;
  if (typeof divergence?.real !== 'function' || typeof divergence.fake !== 'function')
    throw new TypeError(`divergence must be a divergence, as kullbackLeibler, but is ${shown(divergence)}`);
  assertOneOf('generator', generator, ['minimax', 'non-saturating']);
  return defineTerm({
    name: `f-gan-${divergence.name}`,
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => sub(mean(divergence.fake(fake.score)), mean(divergence.real(real.score))),
    generator:
      generator === 'minimax'
        ? ({ fake }) => neg(mean(divergence.fake(fake.score)))
        : ({ fake }) => neg(mean(divergence.real(fake.score))),
  });
}
