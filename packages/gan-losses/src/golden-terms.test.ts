import { describe, expect, it } from 'vitest';
import { goldenError, goldenSides, goldenTerms } from './golden-terms.fixture.js';
import { inScopes } from './round.fixture.js';

describe('every term that reads heads', () => {
  inScopes();

  it('has a golden value for each of its sides', () => {
    const sides = Object.entries(goldenTerms).flatMap(([name, term]) =>
      (['discriminator', 'generator'] as const).filter((side) => term[side]).map((side) => `${name} ${side}`),
    );
    expect(sides.sort()).toEqual(goldenSides.map((side) => side.join(' ')).sort());
  });

  it.each(goldenSides)('%s, %s: value and gradients in the heads are those of others, in float32', (name, side) => {
    expect(goldenError(name, side)).toBeLessThan(1e-5);
  });
});
