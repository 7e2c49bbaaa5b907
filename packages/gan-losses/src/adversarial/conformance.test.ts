import { checkTerm } from '@gan/core/testing';
import { beforeAll, describe, it } from 'vitest';
import {
  boundaryEquilibrium,
  dualContrastive,
  energyBased,
  fGan,
  hinge,
  jensenShannon,
  kullbackLeibler,
  leastSquares,
  maximumMeanDiscrepancy,
  minimax,
  multiAgentDiverse,
  multiHinge,
  nonSaturating,
  ofJury,
  pearson,
  pullingAway,
  rationalQuadratic,
  relativistic,
  relativisticAverage,
  reverseKullbackLeibler,
  semiSupervised,
  softmaxGan,
  squaredHellinger,
  topK,
  totalVariationDistance,
  wasserstein,
  wassersteinDivergence,
} from '../index.js';
import { onCpu } from '../round.fixture.js';

const divergences = [
  kullbackLeibler,
  reverseKullbackLeibler,
  pearson,
  squaredHellinger,
  jensenShannon,
  totalVariationDistance,
];

const terms = [
  nonSaturating(),
  minimax(),
  hinge(),
  wasserstein(),
  leastSquares(),
  relativistic(),
  topK({ period: 2 }, hinge()),
  multiHinge(),
  ofJury({ judges: ['strict', 'mild'], strictness: 1 }, hinge()),
  wassersteinDivergence(),
  relativistic({ loss: 'hinge' }),
  relativistic({ loss: 'least-squares' }),
  relativisticAverage(),
  relativisticAverage({ loss: 'hinge' }),
  relativisticAverage({ loss: 'least-squares' }),
  ...divergences.map((divergence) => fGan({ divergence })),
  fGan({ divergence: pearson, generator: 'non-saturating' }),
  energyBased({ margin: 1 }),
  boundaryEquilibrium(),
  pullingAway(),
  softmaxGan(),
  dualContrastive(),
  maximumMeanDiscrepancy(),
  maximumMeanDiscrepancy({ kernel: rationalQuadratic(), judge: 'repulsive' }),
  semiSupervised(),
];

describe('in a game of their own, on points and on pictures', () => {
  beforeAll(onCpu);

  it.each(terms.map((term) => [term.name, term] as const))('%s keeps the contract of a term', async (_, term) => {
    for (const shape of [[2], [4, 4, 1]]) await checkTerm(term, { shape });
  });

  it('multi-agent-diverse keeps the contract of a term, of two generators', async () => {
    for (const shape of [[2], [4, 4, 1]]) await checkTerm(multiAgentDiverse(), { shape, roles: { category: 2 } });
  });
});
