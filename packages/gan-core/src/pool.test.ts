import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { random } from './index.js';
import { emptyPool, pooled } from './pool.js';

beforeAll(async () => {
  await setBackend('cpu');
});

/** Feeds batches of four consecutive numbers to a pool; gives what was shown, batch by batch. */
function shownBy(size: number, batches: number): number[][] {
  let pool = emptyPool();
  return Array.from({ length: batches }, (_, batch) => {
    const numbers = Array.from({ length: 4 }, (_, i) => [4 * batch + i]);
    const fresh = tensor2d(numbers);
    const next = tidy(() => {
      const { shown, pool: kept } = pooled(pool, fresh, size, random(1).stream(batch));
      return { shown: [...shown.dataSync()], pool: kept };
    });
    fresh.dispose();
    pool['samples']?.dispose();
    pool = next.pool;
    expect(pool['samples']!.shape).toEqual([Math.min(size, 4 * (batch + 1)), 1]);
    return next.shown;
  });
}

it('shows every sample fresh while it fills', () =>
  expect(shownBy(12, 3).flat()).toEqual(Array.from({ length: 12 }, (_, i) => i)));

it('then shows about half of them fresh and the rest from earlier, none more often than it was put in', () => {
  const later = shownBy(12, 200).slice(3);
  const fresh = later.map((shown, i) => shown.filter((value) => value >= 4 * (i + 3)).length).reduce((a, b) => a + b);
  // 788 draws, each fresh with probability 1/2 (and a little more, as a swap may meet a sample of the same batch): 3 standard deviations are 42.
  expect(fresh / 788).toBeGreaterThan(0.45);
  expect(fresh / 788).toBeLessThan(0.6);
  const all = later.flat();
  expect(new Set(all).size).toBe(all.length);
});

it('leaves nothing behind', () => {
  const before = memory().numTensors;
  const pool = tidy(() => pooled(emptyPool(), tensor2d([[1], [2]]), 2, random(1)).pool);
  expect(memory().numTensors).toBe(before + 1);
  pool['samples']!.dispose();
});
