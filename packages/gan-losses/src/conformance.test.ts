import { checkTerm } from '@gan/core/testing';
import { beforeAll, describe, it } from 'vitest';
import {
  gradientPenalty,
  hinge,
  l1,
  leastSquares,
  minimax,
  nonSaturating,
  r1,
  relativistic,
  wasserstein,
} from './index.js';
import { onCpu } from './round.fixture.js';

const terms = [
  nonSaturating(),
  minimax(),
  hinge(),
  wasserstein(),
  wasserstein({ clip: 0.1 }),
  leastSquares(),
  relativistic(),
  r1({ gamma: 1 }),
  gradientPenalty({ weight: 10 }),
  l1(),
];

describe('in a game of their own, on points and on pictures', () => {
  beforeAll(onCpu);
  it.each(terms.map((term) => [term.name, term] as const))('%s keeps the contract of a term', async (_, term) => {
    await checkTerm(term);
    await checkTerm(term, { shape: [4, 4, 1] });
  });
});
