import { describe, expect, it } from 'vitest';
import { comparison } from './comparison.js';
import type { Summary } from './quiet.js';

const of = (medianMs: number): Summary => ({ medianMs, minimumMs: 1, cpuMs: 1, steps: 9, undisturbed: 9 });

describe('peers beside ours', () => {
  it('have our median by theirs, and additions and multiplications a second by the peak', () => {
    // 2 * 1e9 operations in 40 ms are 50e9 a second, half of 100e9.
    const { ours, torch } = comparison({ ours: of(40), torch: of(50) }, 1e9, 100);
    expect(ours).toEqual({ ...of(40), ratio: 1, gigaflops: 50, shareOfPeak: 0.5 });
    expect(torch).toEqual({ ...of(50), ratio: 0.8, gigaflops: 40, shareOfPeak: 0.4 });
  });
});
