import { add, matMul, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOf, roundOfScores } from '../round.fixture.js';
import { wasserstein } from './wasserstein.js';

describe('wasserstein', () => {
  inScopes();

  it('is the difference of the means, and blind to what is added to all scores', () => {
    const { discriminator } = wasserstein();
    const [real, fake] = [tensor2d([[3], [1]]), tensor2d([[-1], [4]])];
    // (-1 + 4) / 2 - (3 + 1) / 2 = -0.5
    expect(number(discriminator!(roundOfScores(real, fake)))).toBe(-0.5);
    expect(number(discriminator!(roundOfScores(add(real, 8), add(fake, 8))))).toBe(-0.5);
    expect(number(discriminator!(roundOfScores(real, real)))).toBe(0);
  });

  it('turns a linear critic towards the difference of the means', () => {
    const kernel = tensor2d([[0.5], [2]]);
    const round = roundOf({
      judge: ({ sample }, { w }) => matMul(sample! as typeof kernel, w! as typeof kernel),
      parameters: { w: kernel },
      real: {
        sample: tensor2d([
          [1, 2],
          [3, 4],
        ]),
      },
      fake: {
        sample: tensor2d([
          [0, 1],
          [0, 1],
        ]),
      },
    });
    const { discriminator } = wasserstein();
    // mean fake - mean real = (0, 1) - (2, 3)
    expect(numbers(gradientsOf(() => discriminator!(round), [kernel])[0]!)).toEqual([-2, -2]);
  });
});
