import '@tensorflow/tfjs-backend-cpu';
import { random } from '@gan/core';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { gaussianGrid } from './gaussian-grid.js';
import type { Mixture } from './mixture.js';
import { ring } from './ring.js';

/** The points and modes of one batch. */
const drawn = async (data: Mixture, size: number) => {
  const { sample, classes } = await data.batch({ index: 0, size, random: random(1) });
  const points = (await sample.array()) as [number, number][];
  const ids = (await classes.array()) as number[];
  expect([sample.shape, sample.dtype, classes.shape, classes.dtype]).toEqual([[size, 2], 'float32', [size], 'int32']);
  sample.dispose();
  classes.dispose();
  return { points, ids };
};

/** Standard deviation of the coordinates around the centre that each point's class names. */
const spread = async (data: Mixture, size: number) => {
  const { points, ids } = await drawn(data, size);
  const squares = points.flatMap((point, k) => point.map((x, axis) => (x - data.centres[ids[k]!]![axis]!) ** 2));
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
};

/** How many points each mode got. */
const counts = async (data: Mixture, size: number) => {
  const { ids } = await drawn(data, size);
  return data.centres.map((_, mode) => ids.filter((id) => id === mode).length);
};

describe('ring', () => {
  it('puts eight distinct centres on a circle of radius 2, the first on the x axis', () => {
    const { centres } = ring();
    expect(centres).toHaveLength(8);
    // 2 (cos 0, sin 0) and 2 (cos 45 deg, sin 45 deg) = (sqrt 2, sqrt 2)
    expect(centres[0]).toEqual([2, 0]);
    expect(centres[1]![0]).toBeCloseTo(Math.SQRT2, 12);
    expect(centres[1]![1]).toBeCloseTo(Math.SQRT2, 12);
    for (const [k, [x, y]] of centres.entries()) {
      expect(Math.hypot(x, y)).toBeCloseTo(2, 12);
      // The chord between neighbours is 2 r sin(pi / 8): none coincide.
      const [nextX, nextY] = centres[(k + 1) % 8]!;
      expect(Math.hypot(nextX - x, nextY - y)).toBeCloseTo(4 * Math.sin(Math.PI / 8), 12);
    }
  });

  it('scatters points around the centre of their class by the stated deviation', async () => {
    // 4000 coordinates: the standard error of a deviation s is s / sqrt(8000), 1.1%; five of them are 5.6%.
    const deviation = await spread(ring(), 2000);
    expect(deviation / 0.02).toBeGreaterThan(0.944);
    expect(deviation / 0.02).toBeLessThan(1.056);
  });

  it('draws every mode about equally often', async () => {
    // 8000 / 8 = 1000 each, standard deviation sqrt(8000 * 1/8 * 7/8) = 29.6; five of them are 148.
    for (const count of await counts(ring(), 8000)) expect(Math.abs(count - 1000)).toBeLessThan(148);
  });

  it('gives the same points for the same stream, others for another, and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const first = await drawn(ring(), 16);
    expect(await drawn(ring(), 16)).toEqual(first);
    const other = await ring().batch({ index: 0, size: 16, random: random(2) });
    expect(await other.sample.array()).not.toEqual(first.points);
    other.sample.dispose();
    other.classes.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('keeps its literal ports, and has no end', () => {
    expectTypeOf(ring().ports).toEqualTypeOf<{ readonly sample: readonly [2]; readonly classes: 8 }>();
    expectTypeOf(ring({ modes: 5 }).ports.classes).toEqualTypeOf<5>();
    expect(ring({ modes: 5 }).ports).toEqual({ sample: [2], classes: 5 });
    expect(ring().size).toBe(Number.POSITIVE_INFINITY);
  });

  it('refuses what is no ring', async () => {
    expect(() => ring({ modes: 0 })).toThrow(new TypeError('modes must be a whole number of at least 1, but is 0'));
    expect(() => ring({ radius: -1 })).toThrow(new TypeError('radius must be a positive finite number, but is -1'));
    expect(() => ring({ deviation: Number.NaN })).toThrow(TypeError);
    // @ts-expect-error: misspelt
    expect(() => ring({ mode: 8 })).toThrow(
      new TypeError("ring has no option 'mode'; it takes modes, radius, deviation"),
    );
    await expect(ring().batch({ index: 0, size: 0, random: random(1) })).rejects.toThrow(
      new TypeError('size must be a whole number of at least 1, but is 0'),
    );
  });
});

describe('gaussianGrid', () => {
  it('has its 25 centres at the even numbers from -4 to 4', () => {
    const even = [-4, -2, 0, 2, 4];
    expect(gaussianGrid().centres).toEqual(even.flatMap((x) => even.map((y) => [x, y])));
    expect(gaussianGrid().deviation).toBe(0.05);
    expectTypeOf(gaussianGrid().ports.classes).toEqualTypeOf<25>();
  });

  it('is centred for an even side, too', () => {
    // Two a side, 1 apart: at -1/2 and 1/2.
    expect(gaussianGrid({ modes: 4, spacing: 1 }).centres).toEqual([
      [-0.5, -0.5],
      [-0.5, 0.5],
      [0.5, -0.5],
      [0.5, 0.5],
    ]);
  });

  it('scatters points around the centre of their class by the stated deviation', async () => {
    // As for the ring: 4000 coordinates, five standard errors are 5.6%.
    const deviation = await spread(gaussianGrid({ deviation: 0.1 }), 2000);
    expect(deviation / 0.1).toBeGreaterThan(0.944);
    expect(deviation / 0.1).toBeLessThan(1.056);
  });

  it('refuses a number of modes that is no square', () => {
    expect(() => gaussianGrid({ modes: 24 })).toThrow(
      new TypeError('modes must be a square number, as 25 is, but is 24'),
    );
  });
});
