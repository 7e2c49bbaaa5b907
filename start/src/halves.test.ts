import { describe, expect, it } from 'vitest';
import { stratifiedHalves } from './halves.js';

/** 60 samples of class 0, 30 of class 1, 10 of class 2, mixed. */
const classes = Uint8Array.from({ length: 100 }, (_, i) => (i % 10 === 9 ? 2 : i % 10 >= 6 ? 1 : 0));
const counts = (rows: Uint32Array) =>
  [0, 1, 2].map((id) => rows.reduce((sum, row) => sum + Number(classes[row] === id), 0));

describe('stratified halves', () => {
  it('share out every sample, each class by halves', () => {
    const { left, right } = stratifiedHalves(classes, 50, 1);
    expect([...left, ...right].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(counts(left)).toEqual([30, 15, 5]);
    expect(counts(right)).toEqual([30, 15, 5]);
  });

  it('have nothing in common and keep the proportions when they are smaller', () => {
    const { left, right } = stratifiedHalves(classes, 20, 1);
    expect(new Set([...left, ...right]).size).toBe(40);
    expect(counts(left)).toEqual([12, 6, 2]);
    expect(counts(right)).toEqual([12, 6, 2]);
  });

  it('are the same for the same seed and others for another', () => {
    expect(stratifiedHalves(classes, 50, 1)).toEqual(stratifiedHalves(classes, 50, 1));
    expect(stratifiedHalves(classes, 50, 1)).not.toEqual(stratifiedHalves(classes, 50, 2));
  });

  it('cannot be more than there is', () => {
    expect(() => stratifiedHalves(classes, 51, 1)).toThrow('two sets of 51 cannot be drawn from 100 samples');
  });
});
