import { describe, expect, it } from 'vitest';
import { measuredMemory } from './memory.js';

describe.skipIf(!process.env['GAN_LIBTORCH'])('memory (needs libtorch: set GAN_LIBTORCH)', () => {
  it('stays what it is over 10,000 steps', async () => {
    const { readings, left } = await measuredMemory({ steps: 10_000 });
    expect(new Set(readings.map(({ tensors }) => tensors)).size).toBe(1);
    expect(new Set(readings.map(({ handles }) => handles)).size).toBe(1);
    // A heap breathes, and only upwards: what it does not fall below is what it holds. Here twice a quarter of the steps.
    const least = (from: number) => Math.min(...readings.slice(from, from + 5).map(({ residentMiB }) => residentMiB));
    expect(least(15) - least(5)).toBeLessThan(4);
    expect(left).toEqual({ tensors: 0, handles: 0 });
  }, 3_600_000);
});
