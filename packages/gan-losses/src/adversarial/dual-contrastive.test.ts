import { add, neg, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import { dualContrastive } from './dual-contrastive.js';
import { relativistic } from './relativistic.js';

describe('dualContrastive', () => {
  inScopes();
  const { discriminator, generator } = dualContrastive();

  it('is 2 log (n + 1) for both where all scores are the same', () => {
    const same = tensor2d([[2], [2], [2]]);
    expect(number(discriminator!(roundOfScores(same, same)))).toBeCloseTo(2 * Math.log(4), 6);
    expect(number(generator!(roundOfScores(same, same)))).toBeCloseTo(2 * Math.log(4), 6);
  });

  it('of one sample each is twice the relativistic loss', () => {
    const round = roundOfScores(tensor2d([[0.25]]), tensor2d([[1.5]]));
    expect(number(discriminator!(round))).toBeCloseTo(2 * number(relativistic().discriminator!(round)), 6);
  });

  it('is the same for real and fake exchanged with the other sign, which is its duality', () => {
    const [real, fake] = [tensor2d([[0.5], [1]]), tensor2d([[-2], [3]])];
    const dual = number(discriminator!(roundOfScores(neg(fake), neg(real))));
    expect(dual).toBeCloseTo(number(discriminator!(roundOfScores(real, fake))), 6);
  });

  it('is blind to what is added to all scores, however large', () => {
    const [real, fake] = [tensor2d([[0.5], [1]]), tensor2d([[-2], [3]])];
    const value = number(discriminator!(roundOfScores(real, fake)));
    expect(number(discriminator!(roundOfScores(add(real, 1000), add(fake, 1000))))).toBeCloseTo(value, 3);
  });

  it('teaches the judge by the one fake that looks most real, and the generator though it is seen through', () => {
    const [real, fake] = [tensor2d([[0], [0]]), tensor2d([[-30], [5]])];
    const [judge] = gradientsOf(() => discriminator!(roundOfScores(real, fake)), [fake]).map(numbers);
    expect(judge![0]).toBeCloseTo(0, 6);
    expect(judge![1]).toBeGreaterThan(0.9);
    const low = tensor2d([[-30], [-30]]);
    const [taught] = gradientsOf(() => generator!(roundOfScores(real, low)), [low]).map(numbers);
    // Each fake is surely told from all real samples, and all fakes from each real one: -1/2 of both means.
    for (const slope of taught!) expect(slope).toBeCloseTo(-1, 5);
  });
});
