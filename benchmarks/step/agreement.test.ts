import { describe, expect, it } from 'vitest';
import { disagreement } from './agreement.js';

const ours = {
  losses: [
    { discriminator: 1.5, generator: 0.7 },
    { discriminator: 1.25, generator: 0.9 },
  ],
  moments: { 'discriminator/first': 0.02, 'generator/first': 0.04 },
};
const first = (by: number) => ({
  name: 'torch',
  ...ours,
  losses: [{ discriminator: 1.5, generator: 0.7 * (1 + by) }, ours.losses[1]!],
});
const second = (by: number) => ({
  name: 'torch',
  ...ours,
  losses: [ours.losses[0]!, { discriminator: 1.25, generator: 0.9 * (1 + by) }],
});
const moved = (by: number) => ({
  name: 'torch',
  ...ours,
  moments: { ...ours.moments, 'generator/first': 0.04 * (1 + by) },
});

describe('peers', () => {
  it('agree if the losses of the first step do to 1e-4, and Adam’s moments after it and later losses to 1e-2', () => {
    for (const theirs of [first(0), first(0.9e-4), first(-0.9e-4), moved(0.9e-2), second(0.9e-2), second(-0.9e-2)])
      expect(disagreement(ours, theirs)).toBeUndefined();
  });

  it('agree on a loss that is next to nothing if it is as close as one of a half has to be', () => {
    const small = (generator: number) => ({ losses: [{ generator }], moments: {} });
    expect(disagreement(small(0.01), { name: 'torch', ...small(0.010049) })).toBeUndefined();
    expect(disagreement(small(0.01), { name: 'torch', ...small(0.010051) })).toContain('the generator loss of step 0');
  });

  it('disagree beyond that, with a sentence that has both numbers', () => {
    expect(disagreement(ours, first(1e-3))).toMatch(
      /^the generator loss of step 0 is 0\.7 with us, but 0\.700\d* with torch: that is not the same step, so its time is/,
    );
    expect(disagreement(ours, first(-1.1e-4))).toContain('the generator loss of step 0');
    expect(disagreement(ours, moved(1.1e-2))).toContain("the norm of Adam's generator/first after step 0 is 0.04");
    expect(disagreement(ours, second(1.1e-2))).toContain('the generator loss of step 1');
  });

  it('disagree about what is no number, and about what is missing', () => {
    expect(disagreement(ours, first(Number.NaN))).toContain('NaN with torch');
    expect(disagreement(ours, { name: 'torch', ...ours, losses: ours.losses.slice(0, 1) })).toContain(
      'the discriminator loss of step 1 is 1.25 with us, but undefined with torch',
    );
    expect(disagreement(ours, { name: 'torch', ...ours, moments: {} })).toContain('undefined with torch');
  });
});
