import { describe, expect, it } from 'vitest';
import { folder } from '../differential.fixture.js';
import { fuzz } from './fuzzing.fixture.js';

const CALLS = 100_000;

describe.skipIf(folder === undefined || process.platform !== 'linux')(
  '100,000 calls with whatever comes (needs libtorch: set GAN_LIBTORCH)',
  () => {
    it('end with a result or a TorchError, crash nothing and leave nothing', () => {
      const { refused, ...others } = fuzz(20_261_125, CALLS);
      expect(others).toEqual({ leaked: 0 });
      expect(refused).toBeGreaterThan(CALLS / 3);
      expect(refused).toBeLessThan(0.9 * CALLS);
    }, 3_600_000);
  },
);
