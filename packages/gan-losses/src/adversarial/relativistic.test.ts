import { add, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import { relativistic } from './relativistic.js';

const pair = () => [tensor2d([[1], [-2], [0.5]]), tensor2d([[0.25], [1], [-3]])] as const;
/** What a margin of 0 costs. */
const kinds = [
  ['logistic', Math.LN2],
  ['hinge', 1],
  ['least-squares', 1],
] as const;

describe('relativistic', () => {
  inScopes();
  const { discriminator, generator } = relativistic();

  it.each(kinds)(
    'of the loss %s is %f for both where real and fake score the same, whatever they score',
    (loss, even) => {
      const { discriminator, generator } = relativistic({ loss });
      const [real] = pair();
      expect(number(discriminator!(roundOfScores(real, real)))).toBeCloseTo(even, 6);
      expect(number(generator!(roundOfScores(real, real)))).toBeCloseTo(even, 6);
    },
  );

  it.each(kinds)('of the loss %s is blind to what is added to all scores', (loss) => {
    const { discriminator } = relativistic({ loss });
    const [real, fake] = pair();
    const moved = number(discriminator!(roundOfScores(add(real, 16), add(fake, 16))));
    expect(moved).toBeCloseTo(number(discriminator!(roundOfScores(real, fake))), 5);
  });

  it.each(kinds)('of the loss %s gives the generator what the judge would get for the reverse', (loss) => {
    const { discriminator, generator } = relativistic({ loss });
    const [real, fake] = pair();
    expect(number(generator!(roundOfScores(real, fake)))).toBe(number(discriminator!(roundOfScores(fake, real))));
  });

  it('pairs the i-th real sample with the i-th fake', () => {
    // softplus(-(10 - 0)) and softplus(-(0 - 10)): e^-10 and 10 + e^-10, not softplus of the difference of means.
    const value = number(discriminator!(roundOfScores(tensor2d([[10], [0]]), tensor2d([[0], [10]]))));
    expect(value).toBeCloseTo(5 + Math.exp(-10), 5);
  });

  it('pulls both ends of a pair, equally and oppositely', () => {
    const [real, fake] = pair();
    const [one, other] = gradientsOf(() => generator!(roundOfScores(real, fake)), [real, fake]).map(numbers);
    for (const [i, slope] of one!.entries()) expect(slope).toBeCloseTo(-other![i]!, 7);
    for (const slope of one!) expect(slope).toBeGreaterThan(0.01);
  });

  it('lets a pair be, as a hinge, whose margin is 1, and as least squares at 1 alone', () => {
    const [real, fake] = [tensor2d([[2], [3]]), tensor2d([[1], [0]])];
    const slopes = (loss: 'hinge' | 'least-squares') =>
      gradientsOf(() => relativistic({ loss }).discriminator!(roundOfScores(real, fake)), [real])
        .flatMap(numbers)
        .map((value) => value + 0);
    expect(slopes('hinge')).toEqual([0, 0]);
    // 2 (y - 1) / n at y = 1 and 3
    expect(slopes('least-squares')).toEqual([0, 2]);
  });

  it('refuses a loss it does not have', () => {
    // @ts-expect-error no such loss
    expect(() => relativistic({ loss: 'softplus' })).toThrow(
      new TypeError("loss must be one of 'logistic', 'hinge', 'least-squares', but is 'softplus'"),
    );
  });
});
