import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import { hinge } from './hinge.js';

describe('hinge', () => {
  inScopes();
  const { discriminator, generator } = hinge();

  it('has no gradient outside the margin, and -1/n and 1/n inside', () => {
    const [real, fake] = [tensor2d([[1.5], [0.5], [-2], [7]]), tensor2d([[-1.5], [-0.5], [2], [-7]])];
    const slopes = gradientsOf(() => discriminator!(roundOfScores(real, fake)), [real, fake]);
    expect(numbers(slopes[0]!).map((value) => value + 0)).toEqual([0, -0.25, -0.25, 0]);
    expect(numbers(slopes[1]!).map((value) => value + 0)).toEqual([0, 0.25, 0.25, 0]);
  });

  it('is 2 and 0 where the judge gives 0 to all', () => {
    const round = roundOfScores(tensor2d([[0]]), tensor2d([[0]]));
    expect(number(discriminator!(round))).toBe(2);
    expect(number(generator!(round)) + 0).toBe(0);
  });

  it('never lets the generator off: its gradient is -1/n everywhere', () => {
    const fake = tensor2d([[-100], [100]]);
    expect(numbers(gradientsOf(() => generator!(roundOfScores(fake, fake)), [fake])[0]!)).toEqual([-0.5, -0.5]);
  });
});
