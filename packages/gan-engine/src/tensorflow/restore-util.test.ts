import { describe, expect, it } from 'vitest';
import { restoreUtil } from './restore-util.js';

describe('restoreUtil', () => {
  it('gives back what Node 23 removed, and replaces nothing', () => {
    const own = () => true;
    const util: Record<string, unknown> = { isArray: own };
    restoreUtil(util);
    const isNullOrUndefined = util['isNullOrUndefined'] as (value: unknown) => boolean;
    expect([null, undefined, 0, ''].map(isNullOrUndefined)).toEqual([true, true, false, false]);
    expect(util['isArray']).toBe(own);
  });
});
