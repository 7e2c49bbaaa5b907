import { describe, expect, it } from 'vitest';
import golden from './golden/schedules.json' with { type: 'json' };
import { cosine, exponential, linear, type Schedule, staircase, warmUp } from './schedules.js';

const made: Readonly<Record<string, (options: never) => Schedule>> = { linear, cosine, exponential, staircase };

describe('a schedule', () => {
  // Golden values: torch.optim.lr_scheduler (tools/goldens/schedules.py), which multiplies step by step.
  it.each(golden)("has PyTorch's values: $name $options", ({ name, options, values }) => {
    const schedule = made[name]!(options as never);
    for (const [count, value] of values.entries()) expect(schedule(count)).toBeCloseTo(value, 14);
  });

  it('holds its end', () => {
    for (const of of [linear, cosine]) expect(of({ from: 1, to: 3, steps: 5 })(1e9)).toBeCloseTo(3, 15);
  });

  it('halves in a half-life, and between', () => {
    const half = exponential({ from: 8, factor: 0.5, steps: 10 });
    expect([0, 5, 10, 30].map(half)).toEqual([8, 8 * Math.SQRT1_2, 4, 1]);
  });

  it('warms up to a number, or to another schedule from the same start', () => {
    expect([0, 1, 2, 4, 5].map(warmUp({ steps: 4, to: 2 }))).toEqual([0, 0.5, 1, 2, 2]);
    // 1 - n / 8 times n / 4: at 2 that is 3/4 * 1/2, at 4 it is 1/2, at 6 it is 1/4.
    const both = warmUp({ steps: 4, to: linear({ from: 1, to: 0, steps: 8 }) });
    expect([0, 2, 4, 6].map(both)).toEqual([0, 0.375, 0.5, 0.25]);
  });

  it.each([
    [() => linear({ from: Number.NaN, to: 1, steps: 1 }), 'from must be a finite number, but is NaN'],
    [() => cosine({ from: 0, to: 1, steps: 0 }), 'steps must be a whole number of at least 1, but is 0'],
    [() => exponential({ from: 1, factor: 0, steps: 1 }), 'factor must be a positive finite number, but is 0'],
    [
      () => staircase({ from: 1, factor: 1, steps: 1, gamma: 2 } as never),
      "staircase has no option 'gamma'; it takes from, factor, steps",
    ],
    [() => warmUp({ steps: 3, to: 'slowly' as never }), "to must be a finite number, but is 'slowly'"],
  ])('refuses %s', (make, sentence) => expect(make).toThrow(new TypeError(sentence)));
});
