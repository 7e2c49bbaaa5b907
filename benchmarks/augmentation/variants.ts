import { adaptiveAugmentation, adaptivePseudoAugmentation, augmented, diffAugment } from '@gan/architectures';
import type { Network } from '@gan/core';

type Judge = Network<{ readonly sample: readonly [32, 32, 3] }, { readonly score: 'linear' }>;

/**
 * After how many real pictures a probability goes from 0 to 1. The papers' 500,000 are for runs of 25 million pictures; here
 * a run shows some 20,000.
 */
const speed = 10_000;

/** What a judge is wrapped in, by name. */
export const variants: Readonly<Record<string, (judge: Judge) => Judge>> = {
  none: (judge) => judge,
  diffAugment: (judge) => augmented(judge, { augment: diffAugment() }),
  ada: (judge) => adaptiveAugmentation(judge, { speed }),
  apa: (judge) => adaptivePseudoAugmentation(judge, { speed }),
};
