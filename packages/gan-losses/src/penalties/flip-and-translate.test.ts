import { random } from '@gan/core';
import { mul, sum, type Tensor, tensor, tensor4d, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { drawingByName, gradientsOf, inScopes, numbers } from '../round.fixture.js';
import { flipAndTranslate } from './flip-and-translate.js';

/** A 3 x 4 picture of two channels whose numbers tell their place: 100 row + 10 column + channel. */
const picture = (batch: number): Tensor =>
  tensor(
    Array.from(
      { length: batch * 24 },
      (_, i) => 100 * Math.floor((i % 24) / 8) + 10 * (Math.floor(i / 2) % 4) + (i % 2),
    ),
    [batch, 3, 4, 2],
  );
/** A stream that gives these shifts, and this number for mirroring. */
const drawing = (down: number, across: number, mirrored: number, pixels: number) =>
  drawingByName({ down: down + pixels, across: across + pixels, mirrored });

describe('flipAndTranslate', () => {
  inScopes();

  it('moves a picture down and to the right, and reflects it at its edge', () => {
    const moved = flipAndTranslate({ pixels: 1 })(picture(1), drawing(1, 1, 0.25, 1));
    const rows = numbers(moved).filter((_, i) => i % 2 === 0);
    // Row 0 is the reflection of row 1, and so is column 0 of column 1.
    expect(rows).toEqual([110, 100, 110, 120, 10, 0, 10, 20, 110, 100, 110, 120]);
    expect(numbers(moved).filter((_, i) => i % 2 === 1)).toEqual(rows.map((value) => value + 1));
  });

  it('moves up and to the left, and mirrors', () => {
    const rows = numbers(flipAndTranslate({ pixels: 1 })(picture(1), drawing(-1, 0, 0.75, 1))).filter(
      (_, i) => i % 2 === 0,
    );
    expect(rows).toEqual([130, 120, 110, 100, 230, 220, 210, 200, 130, 120, 110, 100]);
  });

  it('leaves a picture that neither moves nor turns, bit by bit', () => {
    expect(numbers(flipAndTranslate({ pixels: 0 })(picture(1), drawing(0, 0, 0, 0)))).toEqual(numbers(picture(1)));
  });

  it('draws for each picture by itself, mirrors half of them, and moves them by all distances', () => {
    const moved = numbers(flipAndTranslate({ pixels: 1 })(picture(400), random(3)));
    const kinds = new Map<string, number>();
    for (let i = 0; i < 400; i++) {
      const key = moved.slice(24 * i, 24 * (i + 1)).join();
      kinds.set(key, (kinds.get(key) ?? 0) + 1);
    }
    // Three shifts each way, mirrored or not, all of them different: 400 / 18 of each, give or take 5 standard deviations.
    expect(kinds.size).toBe(18);
    for (const count of kinds.values()) expect(Math.abs(count - 400 / 18)).toBeLessThan(5 * Math.sqrt(400 / 18));
  });

  it('passes the gradient back to where pixels came from', () => {
    const at = picture(1);
    const [slope] = gradientsOf(() => sum(mul(flipAndTranslate({ pixels: 1 })(at, drawing(1, 0, 0, 1)), 3)), [at]);
    // Moved down by one: row 0 is seen once, row 1 twice, row 2 not at all.
    expect(numbers(slope!)).toEqual([...Array(8).fill(3), ...Array(8).fill(6), ...Array(8).fill(0)]);
  });

  it('refuses what it cannot move', () => {
    expect(() => flipAndTranslate({ pixels: -1 })).toThrow('pixels must be a whole number of at least 0, but is -1');
    expect(() => flipAndTranslate({ pixels: 3 })(tensor4d([1], [1, 1, 1, 1]), random(1))).toThrow(
      'flipAndTranslate moves pictures of more than 3 pixels each way, but a sample has shape 1x1x1',
    );
    expect(() => flipAndTranslate()(zeros([2, 8]), random(1))).toThrow('but a sample has shape 8');
  });
});
