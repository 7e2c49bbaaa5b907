import { describe, expect, it } from 'vitest';
import { type Modes, modeCoverage } from './mode-coverage.js';

const four: Modes = {
  centres: [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ],
  deviation: 0.1,
};

describe('mode coverage', () => {
  it('counts modes with a point within 3 standard deviations, the share of such points, and how uneven they fall', () => {
    // Distances: 0, 0.29 and 0.29 of the first, 0.2 of the second, 0.31 of the third (0.3 is the edge), 0.7 of the fourth.
    const points = [
      [1, 0],
      [1.29, 0],
      [1, -0.29],
      [0, 1.2],
      [-1, 0.31],
      [0, -0.3],
    ];
    const { modes, highQualityShare, reverseKL } = modeCoverage(points, four);
    expect(modes).toBe(2);
    expect(highQualityShare).toBe(4 / 6);
    // 3 of 4 and 1 of 4 against a quarter each: 3/4 log 3 + 1/4 log 1.
    expect(reverseKL).toBeCloseTo(0.75 * Math.log(3), 14);
  });

  it('is full when the points are the centres', () => {
    expect(modeCoverage(four.centres, four)).toEqual({ modes: 4, highQualityShare: 1, reverseKL: 0 });
  });

  it('of a single mode has a divergence of log(modes), and of none an infinite one', () => {
    expect(
      modeCoverage(
        [
          [1, 0],
          [1, 0.1],
        ],
        four,
      ).reverseKL,
    ).toBeCloseTo(Math.log(4), 14);
    const none = { modes: 0, highQualityShare: 0, reverseKL: Number.POSITIVE_INFINITY };
    expect(modeCoverage([[5, 5]], four)).toEqual(none);
    expect(modeCoverage([[Number.NaN, 0]], four)).toEqual(none);
  });

  it('works in any dimension', () => {
    const line: Modes = { centres: [[0], [10]], deviation: 1 };
    expect(modeCoverage([[3], [3.1], [7]], line)).toEqual({ modes: 2, highQualityShare: 2 / 3, reverseKL: 0 });
  });

  it('refuses what is no mixture and points that do not fit it', () => {
    const refused = (points: number[][], modes: Modes) => () => modeCoverage(points, modes);
    expect(refused([], four)).toThrow(new TypeError('mode coverage needs at least one point, but there are none'));
    expect(refused([[1, 2], [1]], four)).toThrow(
      new TypeError('points must have 2 numbers like the centres, but point 1 has 1'),
    );
    expect(refused([[1, 2]], { centres: [[1, 2], [3]], deviation: 1 })).toThrow(
      new TypeError('centres must all have 2 numbers like the first, but 1 has 1'),
    );
    expect(refused([[1, 2]], { centres: [], deviation: 1 })).toThrow(
      new TypeError('centres must have at least one centre of at least one number, but are empty'),
    );
    expect(refused([[1, 2]], { ...four, deviation: 0 })).toThrow(
      new TypeError('deviation must be a positive finite number, but is 0'),
    );
  });
});
