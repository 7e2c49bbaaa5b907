import { describe, expect, it } from 'vitest';
import { folder } from '../differential.fixture.js';
import { callText, fuzzCall } from './fuzz.fixture.js';
import { fuzz } from './fuzzing.fixture.js';

describe('fuzzed calls', () => {
  it('are the same for the same seed, and go all ways', () => {
    const calls = Array.from({ length: 300 }, (_, index) => fuzzCall(1, index));
    expect(calls.map(callText)).toEqual(Array.from({ length: 300 }, (_, index) => callText(fuzzCall(1, index))));
    expect(new Set(calls.map(({ by }) => by))).toEqual(new Set(['kernel', 'tensors', 'numbers']));
    expect(new Set(calls.map(({ operator }) => operator)).size).toBeGreaterThan(150);
    expect(calls.some((call) => callText(call).includes('"freed":true'))).toBe(true);
  });
});

describe.skipIf(folder === undefined || process.platform !== 'linux')(
  '3,000 calls with whatever comes (needs libtorch: set GAN_LIBTORCH)',
  () => {
    it('end with a result or a TorchError, crash nothing and leave nothing', () => {
      const { refused, ...others } = fuzz(1, 3_000);
      expect(others).toEqual({ leaked: 0 });
      // Neither everything nor nothing is refused: the calls do reach the kernels.
      expect(refused).toBeGreaterThan(1_000);
      expect(refused).toBeLessThan(2_700);
    }, 240_000);
  },
);
