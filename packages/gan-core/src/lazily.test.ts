import { describe, expect, it } from 'vitest';
import { lazily } from './lazily.js';

describe('lazily', () => {
  it("has the numbers of StyleGAN2's program", () => {
    // Its ratios for G and D are 4/5 and 16/17; its rate 0.002 and betas 0 and 0.99, in float64 by hand: 0.99^0.8, 0.99^(16/17).
    expect(lazily(4, { learningRate: 0.002, beta1: 0, beta2: 0.99 })).toEqual({
      learningRate: 0.0016,
      beta1: 0,
      beta2: 0.99 ** 0.8,
    });
    const { learningRate, beta2 } = lazily(16, { learningRate: 0.002, beta1: 0, beta2: 0.99 });
    expect(learningRate).toBeCloseTo(0.00188235294117647, 15);
    expect(beta2).toBeCloseTo(0.990585, 6);
  });

  it('forgets and moves in k + 1 updates what was forgotten and moved in k', () => {
    const { learningRate, beta1, beta2 } = lazily(3, { learningRate: 0.1 });
    expect((beta1 as number) ** 4).toBeCloseTo(0.9 ** 3, 15);
    expect((beta2 as number) ** 4).toBeCloseTo(0.999 ** 3, 15);
    expect(4 * (learningRate as number)).toBeCloseTo(3 * 0.1, 15);
  });

  it('rescales schedules, and leaves the rest alone', () => {
    const options = lazily(1, { learningRate: (update: number) => update, epsilon: 1e-6, weightDecay: 0.1 });
    expect(options.learningRate(6)).toBe(3);
    expect(options).toMatchObject({ epsilon: 1e-6, weightDecay: 0.1 });
  });

  it('refuses a period that is none', () =>
    expect(() => lazily(0, { learningRate: 1 })).toThrow(
      new TypeError('period must be a whole number of at least 1, but is 0'),
    ));
});
