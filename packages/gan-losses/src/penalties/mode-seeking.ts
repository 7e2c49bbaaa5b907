import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { add, div, mean } from '@tensorflow/tfjs-core';
import { distances } from '../comparisons/distances.js';
import { pairsOfFakes } from './pairs-of-fakes.js';

/** Options of `modeSeeking`. */
export interface ModeSeekingOptions {
  /** Strength, lambda_ms in the paper, where it is 1. */
  readonly weight: number;
  /** The generator's input that is varied; `styles` if it takes those, else `latents`, unless said. */
  readonly input?: string;
}

/**
 * Mode seeking: fakes of different latents under the same conditions differ, the more so the more the latents do,
 *
 *     weight / (mean |G(c, z) - G(c, z')| / mean |z - z'| + 1e-5)
 *
 * where z' are the latents of the next sample of the batch, and the means go over the batch and all numbers of a sample.
 * Its cost is that of a second pass through the generator.
 *
 * Unlike the paper, which maximises the mean of the ratio, and like its code, it minimises the inverse of the ratio of means.
 *
 * @returns A term for the generator alone, bound to `fake`, which no judge is asked about; it is never 0.
 * @throws TypeError if `weight` is not a positive finite number; when it is played, if the batch has one sample or the
 *   generator does not take the input.
 * @see Mao et al. (2019), arXiv:1903.05628, section 3.
 */
export function modeSeeking(options: ModeSeekingOptions) {
  assertKnownOptions('modeSeeking', options, ['weight', 'input']);
  const { weight, input } = options;
  assertPositive('weight', weight);
  return defineTerm({
    name: 'mode-seeking',
    reads: {},
    samples: ['fake'],
    generator: ({ samples, maker }) => {
      const pairs = pairsOfFakes('mode-seeking', samples.fake['sample']!, maker('fake'), input);
      const [change, step] = [mean(distances.l1(...pairs.samples)), mean(distances.l1(...pairs.latents))];
      return div(weight, add(div(change, step), 1e-5));
    },
  });
}
