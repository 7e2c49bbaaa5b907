import '@tensorflow/tfjs-backend-cpu';
import { createHash } from 'node:crypto';
import { memory, setBackend, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { philox } from './philox.js';
import { random } from './streams.js';

const numbers = (tensor: Tensor) => {
  const values = tensor.dataSync();
  tensor.dispose();
  return values as Float32Array;
};

/** The probability that a standard normal number is below x: Simpson's rule on the density. */
function below(x: number): number {
  const parts = 2000;
  let sum = 0;
  for (let i = 0; i <= parts; i++)
    sum += (i === 0 || i === parts ? 1 : i % 2 ? 4 : 2) * Math.exp(-(((x * i) / parts) ** 2) / 2);
  return 0.5 + (sum * x) / parts / 3 / Math.sqrt(2 * Math.PI);
}

/** Pearson's statistic over its degrees of freedom, as a number of standard deviations. */
function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  const statistic = counts.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);
  const freedom = counts.length - 1;
  return (statistic - freedom) / Math.sqrt(2 * freedom);
}

beforeAll(() => setBackend('cpu'));

describe('random', () => {
  it('gives the words of Philox under the seed as key', () => {
    // Random123's known answer for counter 0 and key 0, the upper 24 bits of each word.
    const expected = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8].map((word) => (word >>> 8) * 2 ** -24);
    expect([...numbers(random(0).uniform([4]))]).toEqual(expected);
    const out = new Uint32Array(4);
    philox(out, 1, new Uint32Array(4), Uint32Array.of(0x89abcdef, 0x1234));
    expect(numbers(random(0x1234_89abcdef).uniform([1]))[0]).toBe((out[0]! >>> 8) * 2 ** -24);
  });

  it('gives the same numbers again, whatever was drawn elsewhere', () => {
    const first = random(7).stream('a');
    const root = random(7);
    root.next();
    numbers(root.normal([1001]));
    root.stream('b').permutation(10);
    const second = root.stream('a');
    expect(numbers(second.normal([1000]))).toEqual(numbers(first.normal([1000])));
    expect(second.next()).toBe(first.next());
  });

  it('gives these very bits on every machine and every version of Node', () => {
    // Written down once: that they are right is for the tests below; here, that they stay.
    const digest = (values: Float32Array) => createHash('sha256').update(values).digest('hex').slice(0, 16);
    expect(digest(numbers(random(1).normal([300_000])))).toBe('7ae3d589e3651c15');
    expect(digest(numbers(random(1).truncatedNormal([30_000], 0.5)))).toBe('d0a3cb52a4463049');
    expect(random(1).stream('a name', 2).next()).toBe(0.23028813922993052);
  });

  it('has uniform numbers that fill [0, 1) evenly', () => {
    const counts = Array.from({ length: 64 }, () => 0);
    const values = numbers(random(2).uniform([640_000]));
    for (const value of values) counts[Math.floor(value * 64)]!++;
    expect(values.length).toBe(640_000);
    // Beyond 5 standard deviations once in more than 10,000 seeds; this seed is fixed.
    expect(
      Math.abs(
        chiSquare(
          counts,
          counts.map(() => 10_000),
        ),
      ),
    ).toBeLessThan(5);
  });

  it('never rounds a uniform number to 1', () => {
    // Found by search: word 376 of seed 4696 begins with 25 ones, and over 2^32 would be 1 in float32.
    const largest = Math.max(...numbers(random(4696).uniform([16_384])));
    expect(largest).toBe(1 - 2 ** -24);
  });

  it('draws next() with 53 bits', () => {
    const stream = random(3);
    const values = Array.from({ length: 1000 }, stream.next);
    expect(values.every((value) => value >= 0 && value < 1 && Number.isInteger(value * 2 ** 53))).toBe(true);
    // With 32 bits all would be whole multiples of 2^-32.
    expect(values.some((value) => !Number.isInteger(value * 2 ** 52))).toBe(true);
  });

  it('has normal numbers of the right distribution, from the middle to the tail', () => {
    const count = 4_000_000;
    const stream = random(4);
    // 1/8 wide up to the ziggurat's last layer at 3.654, then its tail in three bins.
    const edges = [...Array.from({ length: 29 }, (_, i) => i / 8), 3.654152885361009, 3.8, 4.1];
    const bounds = [...edges.slice(1).map((edge) => -edge), ...edges].sort((a, b) => a - b);
    const counts = Array.from({ length: bounds.length + 1 }, () => 0);
    const moments = [0, 0, 0, 0];
    for (let part = 0; part < 40; part++)
      for (const value of numbers(stream.normal([count / 40]))) {
        const near = Math.min(bounds.length, Math.max(0, Math.floor(value * 8) + 31));
        let bin = near;
        while (bin < bounds.length && value >= bounds[bin]!) bin++;
        while (bin > 0 && value < bounds[bin - 1]!) bin--;
        counts[bin]!++;
        for (let power = 0; power < 4; power++) moments[power]! += value ** (power + 1) / count;
      }
    const cumulative = [0, ...bounds.map(below), 1];
    const expected = counts.map((_, i) => count * (cumulative[i + 1]! - cumulative[i]!));
    expect(Math.min(...expected)).toBeGreaterThan(50);
    expect(Math.abs(chiSquare(counts, expected))).toBeLessThan(4);
    // E[x^k] is 0, 1, 0, 3 with variances (E[x^2k] - E[x^k]^2) / n: 1, 2, 15, 96; five standard deviations.
    [0, 1, 0, 3].forEach((moment, power) => {
      expect(Math.abs(moments[power]! - moment)).toBeLessThan(5 * Math.sqrt([1, 2, 15, 96][power]! / count));
    });
  });

  it('has normal numbers that do not depend on their neighbours', () => {
    const [left, right] = [1, 2].map((index) => numbers(random(5).stream('step', index).normal([1_000_000]))) as [
      Float32Array,
      Float32Array,
    ];
    const mean = (of: (i: number) => number) => left.reduce((sum, _, i) => sum + of(i), 0) / left.length;
    // A product of independent normal numbers has variance 1: five standard deviations of the mean are 0.005.
    expect(Math.abs(mean((i) => left[i]! * right[i]!))).toBeLessThan(0.005);
    expect(Math.abs(mean((i) => left[i]! * left[(i + 1) % left.length]!))).toBeLessThan(0.005);
    expect(Math.abs(mean((i) => left[i]! ** 2 * left[(i + 1) % left.length]! ** 2 - 1))).toBeLessThan(0.015);
  });

  // The variance of a normal number within b: 1 - 2 b phi(b) / erf(b / sqrt 2), computed with scipy 1.17's truncnorm.var.
  it.each([
    [2, 0.7737413035499232],
    [1, 0.29112509477279314],
    [0.5, 0.08058915460081151],
    [0.04, 0.0005332195642249182],
  ])('truncates normal numbers at %d standard deviations', (bound, variance) => {
    const values = numbers(random(6).truncatedNormal([200_000], bound));
    expect(values.every((value) => Math.abs(value) <= Math.fround(bound))).toBe(true);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length / bound).toBeCloseTo(0, 2);
    // Relative, three standard deviations of a variance of 200,000 numbers are below 0.01.
    expect(values.reduce((sum, value) => sum + value ** 2, 0) / values.length / variance).toBeCloseTo(1, 1.7);
  });

  it('draws whole numbers without bias, also beyond 32 bits', () => {
    for (const below of [3 * 2 ** 30, 3 * 2 ** 51]) {
      const stream = random(8);
      let low = 0;
      for (let i = 0; i < 90_000; i++) if (stream.integer(below) < below / 3) low++;
      // A third; a plain remainder would give a half. Standard deviation 0.0016.
      expect(Math.abs(low / 90_000 - 1 / 3)).toBeLessThan(0.008);
    }
    expect(random(8).integer(1)).toBe(0);
    expect(random(8).integer(2 ** 32)).toBeLessThan(2 ** 32);
  });

  it('draws classes evenly, as int32', () => {
    const ids = random(9).categorical([100, 1000], 10);
    expect(ids.dtype).toBe('int32');
    expect(ids.shape).toEqual([100, 1000]);
    const counts = Array.from({ length: 10 }, () => 0);
    for (const id of numbers(ids)) counts[id]!++;
    expect(
      Math.abs(
        chiSquare(
          counts,
          counts.map(() => 10_000),
        ),
      ),
    ).toBeLessThan(5);
  });

  it('permutes: every order as often', () => {
    const stream = random(10);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = stream.permutation(4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(
      Math.abs(
        chiSquare(
          [...counts.values()],
          Array.from(counts, () => 1000),
        ),
      ),
    ).toBeLessThan(5);
    expect([...random(10).permutation(1000)].sort((a, b) => a - b)).toEqual([...Array(1000).keys()]);
    expect(random(10).permutation(0)).toEqual(new Uint32Array(0));
  });

  it('never shares numbers between streams of different names', () => {
    const root = random(11);
    const streams = [root, random(12), random(11 + 2 ** 32), random(2 ** 32)];
    for (let i = 0; i < 4000; i++)
      streams.push(root.stream(i), root.stream(`${i}`), root.stream('a', i), root.stream(`a${i}`), root.stream(i, 'a'));
    streams.push(root.stream(''), root.stream('', ''), root.stream('\0'), root.stream('\0\0'), root.stream(0.5));
    streams.push(root.stream('ab'), root.stream('a', 'b'), root.stream('ba'), root.stream('é'), root.stream('e\u0301'));
    // 53 bits each: among 160,000 numbers two are equal by chance with probability 1.5e-6.
    const seen = new Set(streams.flatMap((stream) => Array.from({ length: 8 }, stream.next)));
    expect(seen.size).toBe(8 * streams.length);
  });

  it('takes a name as a path', () => {
    const root = random(13);
    expect(root.stream('a', 1, 'b').next()).toBe(root.stream('a').stream(1).stream('b').next());
    expect(root.stream(-0).next()).toBe(root.stream(0).next());
  });

  it('makes tensors of every shape, and no more than it gives', () => {
    const before = memory().numTensors;
    tidy(() => {
      expect(random(1).normal([]).shape).toEqual([]);
      expect(random(1).normal([0, 3]).shape).toEqual([0, 3]);
      expect(random(1).uniform([3, 1, 2]).shape).toEqual([3, 1, 2]);
      expect(random(1).truncatedNormal([5], 1).dtype).toBe('float32');
      expect(memory().numTensors).toBe(before + 4);
    });
    expect(memory().numTensors).toBe(before);
  });

  it('refuses what it cannot draw, naming it', () => {
    const stream = random(1);
    expect(() => random(-1)).toThrow('seed must be a whole number from 0 to 2^53 - 1, but is -1');
    expect(() => random(2 ** 53)).toThrow(TypeError);
    expect(() => random(0.5)).toThrow(TypeError);
    expect(() => stream.integer(0)).toThrow('below must be a whole number of at least 1, but is 0');
    expect(() => stream.categorical([2], 1.5)).toThrow('classes must be a whole number of at least 1, but is 1.5');
    expect(() => stream.normal([2, -1])).toThrow('a side of the shape must be a whole number of at least 0, but is -1');
    expect(() => stream.truncatedNormal([2], 0)).toThrow('bound must be a positive finite number, but is 0');
    expect(() => stream.permutation(-1)).toThrow('size must be a whole number of at least 0, but is -1');
    expect(() => stream.stream()).toThrow('a stream needs a name');
    expect(() => stream.stream(Number.NaN)).toThrow('the name of a stream must be a finite number, but is NaN');
  });
});
