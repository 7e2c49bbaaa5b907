import { describe, expect, it } from 'vitest';
import { median, summary } from './quiet.js';

const samples = (count: number, milliseconds: number, others: number) =>
  Array.from({ length: count }, () => ({ milliseconds, cpuMilliseconds: 2 * milliseconds, others }));

describe('the summary of a peer', () => {
  it('counts the steps in which nobody else kept the machine busy', () => {
    const { medianMs, minimumMs, cpuMs, steps, undisturbed } = summary([
      ...samples(8, 100, 5),
      ...samples(20, 300, 250),
    ]);
    expect({ medianMs, minimumMs, cpuMs, steps, undisturbed }).toEqual({
      medianMs: 100,
      minimumMs: 100,
      cpuMs: 200,
      steps: 28,
      undisturbed: 8,
    });
  });

  it('is of all steps where fewer than 8 were undisturbed', () => {
    // 7 of 100 and 20 of 300: the median is a disturbed one.
    expect(summary([...samples(7, 100, 5), ...samples(20, 300, 250)])).toMatchObject({ medianMs: 300, undisturbed: 7 });
  });

  it('calls a step disturbed by a tenth of it, but by no less than 20 ms, the grain of clocks', () => {
    expect(summary([...samples(1, 1000, 99), ...samples(1, 1000, 101)]).undisturbed).toBe(1);
    expect(summary([...samples(1, 10, 19), ...samples(1, 10, 21)]).undisturbed).toBe(1);
  });
});

describe('the median', () => {
  it('is the middle value, or the mean of the two', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
  });
});
