import { add, matMul, tensor, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOf, roundOfScores } from './round.fixture.js';
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

  it('clips every parameter of the judge after its update, and only if asked', () => {
    expect(wasserstein().after).toBeUndefined();
    const parameters = { w: tensor([-3, -0.25, 0.25, 3]), b: tensor([[0.5], [2]]) };
    const after = wasserstein({ clip: 0.5 }).after!(roundOf({ parameters }));
    expect(Object.keys(after)).toEqual(['parameters']);
    expect(numbers(after.parameters!['w']!)).toEqual([-0.5, -0.25, 0.25, 0.5]);
    expect(after.parameters!['b']!.shape).toEqual([2, 1]);
    expect(numbers(after.parameters!['b']!)).toEqual([0.5, 0.5]);
    expect(numbers(parameters.w)).toEqual([-3, -0.25, 0.25, 3]);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a clip of %s', (clip) => {
    expect(() => wasserstein({ clip })).toThrow(
      new TypeError(`clip must be a positive finite number, but is ${String(clip)}`),
    );
  });

  it('refuses an option it does not have', () => {
    // @ts-expect-error no such option
    expect(() => wasserstein({ clipping: 1 })).toThrow(
      new TypeError("wasserstein has no option 'clipping'; it takes clip"),
    );
  });
});
