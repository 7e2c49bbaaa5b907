import { describe, expect, it } from 'vitest';
import { goldenTensor } from '../pixels.fixture.js';
import { inScopes, number, roundOf } from '../round.fixture.js';
import { cycleConsistency } from './cycle-consistency.js';
import { identityMapping } from './identity-mapping.js';
import { l1 } from './l1.js';
import { l2 } from './l2.js';
import { totalVariation } from './total-variation.js';

describe.each([
  ['cycle-consistency', cycleConsistency],
  ['identity-mapping', identityMapping],
] as const)('%s', (name, factory) => {
  inScopes();
  const round = () => roundOf({ left: goldenTensor('left'), right: goldenTensor('right') });

  it('is l1 by another name', () => {
    expect(factory().name).toBe(name);
    expect(factory().samples).toEqual(['left', 'right']);
    expect(number(factory().generator!(round()))).toBe(number(l1().generator!(round())));
  });

  it('compares by any other distance', () => {
    expect(number(factory({ distance: l2() }).generator!(round()))).toBe(number(l2().generator!(round())));
  });

  it('refuses a term that does not compare two samples', () => {
    // @ts-expect-error a term about one sample
    expect(() => factory({ distance: totalVariation() })).toThrow(
      new TypeError('distance must be a term about left and right, but total-variation is about fake'),
    );
  });
});
