import { describe, expect, it } from 'vitest';
import { disagreement } from './agreement.js';

const ours = [
  { discriminator: 1.5, generator: 0.7 },
  { discriminator: 1.25, generator: 0.9 },
];
const shifted = (by: number) => [ours[0]!, { discriminator: 1.25, generator: 0.9 * (1 + by) }];

describe('peers', () => {
  it('agree if every loss of every step does, to 1e-4 of the larger', () => {
    expect(disagreement(ours, { name: 'torch', losses: ours })).toBeUndefined();
    expect(disagreement(ours, { name: 'torch', losses: shifted(0.9e-4) })).toBeUndefined();
    expect(disagreement(ours, { name: 'torch', losses: shifted(-0.9e-4) })).toBeUndefined();
  });

  it('disagree beyond that, with a sentence that has both numbers', () => {
    expect(disagreement(ours, { name: 'torch', losses: shifted(1e-3) })).toMatch(
      /^the generator loss of step 1 is 0\.9 with us, but 0\.9008\d* with torch/,
    );
    expect(disagreement(ours, { name: 'torch', losses: shifted(-1.1e-4) })).toContain('step 1');
  });

  it('disagree about what is no number, and about what is missing', () => {
    expect(disagreement(ours, { name: 'torch', losses: shifted(Number.NaN) })).toContain('NaN with torch');
    expect(disagreement(ours, { name: 'torch', losses: ours.slice(0, 1) })).toBe(
      'torch has no discriminator loss of step 1',
    );
  });
});
