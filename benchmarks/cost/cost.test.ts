import * as losses from '@gan/losses';
import { describe, expect, it } from 'vitest';
import { costFlags } from '../flags.js';
import { COMPARED, costs, multiples } from './cost.js';

describe('costs', () => {
  it('are multiples of the plain step of the same peer', () => {
    const of = (medianMs: number) => ({ medianMs, minimumMs: 1, cpuMs: 1, steps: 9, undisturbed: 9 });
    const seen = multiples({ 'ours/plain': of(80), 'torch/plain': of(50), 'ours/r1': of(100), 'torch/r1': of(90) });
    expect(seen['plain']).toMatchObject({ ours: { multiple: 1 }, torch: { multiple: 1 } });
    expect(seen['r1']).toMatchObject({ ours: { multiple: 1.25, medianMs: 100 }, torch: { multiple: 1.8 } });
  });
  it('are of terms that there are, and of what is compared', () => {
    for (const name of [...costs, ...COMPARED].filter((cost) => cost !== 'unrolled5'))
      expect(losses).toHaveProperty(name);
  });
});

describe('the flags of `cost`', () => {
  it('mean everything unless said, ours first', () => {
    expect(costFlags([]).variants).toEqual(costs);
    expect(costFlags(['--peers', 'torch', '--variants', 'r1,unrolled5'])).toMatchObject({
      peers: ['ours', 'torch'],
      variants: ['r1', 'unrolled5'],
    });
    expect(costFlags(['--peers', 'ours']).peers).toEqual(['ours']);
  });
  it.each([
    [['--variants', 'r9'], '--variants must be one of minimax, nonSaturating'],
    [['--peers', 'jax'], "--peers must be one of ours, torch, but is 'jax'"],
    [['--batch', '0'], "--batch must be a whole number of at least 1, but is '0'"],
  ])('refuse %j', (given, sentence) => expect(() => costFlags(given)).toThrow(sentence));
});
