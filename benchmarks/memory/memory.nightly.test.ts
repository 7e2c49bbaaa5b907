import { describe, expect, it } from 'vitest';
import { measuredMemory } from './memory.js';

describe.skipIf(!process.env['GAN_LIBTORCH'])('memory (needs libtorch: set GAN_LIBTORCH)', () => {
  it('stays what it is over 10,000 steps', async () => {
    const { readings, growthKiBPerStep, left } = await measuredMemory({ steps: 10_000 });
    expect(new Set(readings.map(({ tensors }) => tensors)).size).toBe(1);
    expect(new Set(readings.map(({ handles }) => handles)).size).toBe(1);
    // Fitted to the last 5,000 steps: less than 10 MiB in all, by which a heap that breathes may differ.
    expect(growthKiBPerStep).toBeLessThan(2);
    expect(left).toEqual({ tensors: 0, handles: 0 });
  }, 3_600_000);
});
