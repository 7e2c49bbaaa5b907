import type { FeatureExtractor } from '@gan/core';
import { checkTerm } from '@gan/core/testing';
import { reshape, softplus } from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import {
  cycleConsistency,
  huber,
  identityMapping,
  l1,
  l2,
  mapWeighted,
  perceptual,
  ssim,
  totalVariation,
} from '../index.js';
import { onCpu } from '../round.fixture.js';

const picture = [4, 4, 1];
const soft: FeatureExtractor = {
  name: 'softplus',
  hash: '',
  shape: picture,
  features: 16,
  extract: (samples) => softplus(reshape(samples, [samples.shape[0]!, -1])),
  dispose: () => {},
};

describe('in a game of their own', () => {
  beforeAll(onCpu);
  const anywhere = [
    l1(),
    l2(),
    huber(),
    cycleConsistency(),
    identityMapping(),
    mapWeighted(),
    perceptual({ features: soft }),
  ];
  it.each(anywhere.map((term) => [term.name, term] as const))('%s keeps the contract of a term', async (_, term) => {
    await checkTerm(term);
    await checkTerm(term, { shape: picture });
  });

  const ofPictures = [ssim({ window: 3 }), totalVariation(), totalVariation({ distance: 'l2' })];
  it.each(ofPictures.map((term) => [term.name, term] as const))('%s keeps it on pictures', (_, term) =>
    checkTerm(term, { shape: picture }),
  );
});
