import { random } from '@gan/core';
import { fill, mean, mul, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { drawingByName, gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { cutMix } from './cut-mix.js';

type Round = Parameters<NonNullable<ReturnType<typeof cutMix>['discriminator']>>[0];

/** A stream that gives a share, what is inside, and the middles of rows and columns. */
const drawing = (share: number, inside: number, down: number, across: number) =>
  drawingByName({ share, inside, down, across });

/** A round of pictures of 4 x 4 ones (real) and of 4 x 4 threes (fake), and a judge whose pixels are a function of the picture. */
const roundOf = (pixels: (sample: Tensor) => Tensor, source = drawing(0.25, 0, 2, 1)) => {
  const judge = ({ sample }: { sample: Tensor }) => ({ score: mul(mean(sample, [1, 2]), 0), pixels: pixels(sample) });
  const [one, three] = [fill([1, 4, 4, 1], 1), fill([1, 4, 4, 1], 3)];
  return {
    samples: { real: { sample: one }, fake: { sample: three } },
    real: judge({ sample: one }),
    fake: judge({ sample: three }),
    judge,
    random: source,
  } as unknown as Round;
};

describe('cutMix', () => {
  inScopes();

  it('cuts a rectangle of the drawn share around the drawn middle', () => {
    const seen: number[][] = [];
    const looking = (sample: Tensor) => {
      seen.push(numbers(sample));
      return sample;
    };
    // A share of 1/4 of 4 x 4 is 2 x 2, from 1 to 2 in rows and from 0 to 1 in columns; 0 < 1/2 puts the real one inside.
    cutMix().discriminator!(roundOf(looking));
    const fakeAround = [3, 3, 3, 3, 1, 1, 3, 3, 1, 1, 3, 3, 3, 3, 3, 3];
    expect(seen.at(-1)).toEqual(fakeAround);
    cutMix().discriminator!(roundOf(looking, drawing(0.25, 0.75, 2, 1)));
    expect(seen.at(-1)).toEqual(fakeAround.map((value) => 4 - value));
    // What lies outside is cut off: around the corner, one place of the 2 x 2 is left.
    cutMix().discriminator!(roundOf(looking, drawing(0.25, 0, 0, 0)));
    expect(seen.at(-1)).toEqual([1, ...Array(15).fill(3)]);
  });

  it('is 0 in consistency for a judge that looks at each pixel by itself, and what the others move it by else', () => {
    const { discriminator } = cutMix({ augmentation: 0 });
    expect(number(discriminator!(roundOf((sample) => mul(sample, 5))))).toBe(0);
    // The mean of the mixed picture is (4 * 1 + 12 * 3) / 16 = 2.5; pixels would be 1 inside and 3 outside: 2.25 / 4 + 0.25 * 3 / 4.
    const even = (sample: Tensor) => mul(fill([1, 4, 4, 1], 1), mean(sample));
    expect(number(discriminator!(roundOf(even)))).toBeCloseTo(0.75, 6);
  });

  it('scores a mixed picture as a fake of real and fake pixels', () => {
    // Of a judge of zeros: log 2 for the picture, log 2 for each pixel.
    const blank = () => zeros([1, 4, 4, 1]);
    const { discriminator } = cutMix({ consistency: 0 });
    expect(number(discriminator!(roundOf(blank)))).toBeCloseTo(2 * Math.log(2), 6);
    // The slope in a pixel's score is sigmoid - M, a 16th of it in the mean: -1/2 where it is real, 1/2 where it is fake.
    const scores = zeros([1, 4, 4, 1]);
    const [slope] = gradientsOf(() => discriminator!(roundOf(() => scores)), [scores]);
    const inside = [4, 5, 8, 9];
    const wanted = Array.from({ length: 16 }, (_, i) => (inside.includes(i) ? -1 / 32 : 1 / 32));
    for (const [i, value] of numbers(slope!).entries()) expect(value).toBeCloseTo(wanted[i]!, 6);
  });

  it('adds both, at strengths of their own', () => {
    const even = (sample: Tensor) => mul(fill([1, 4, 4, 1], 1), mean(sample));
    const of = (options: Parameters<typeof cutMix>[0]) => number(cutMix(options).discriminator!(roundOf(even)));
    const [opinion, gap] = [of({ consistency: 0 }), of({ augmentation: 0 })];
    expect(of({ augmentation: 2, consistency: 3 })).toBeCloseTo(2 * opinion + 3 * gap, 5);
  });

  it('mixes about as much of either side on average, in rectangles that differ', () => {
    const seen: number[][] = [];
    const judge = ({ sample }: { sample: Tensor }) => {
      seen.push(numbers(sample));
      return { score: mean(sample, [1, 2]), pixels: sample };
    };
    const [one, none] = [fill([400, 4, 4, 1], 1), zeros([400, 4, 4, 1])];
    const round = { samples: { real: { sample: one }, fake: { sample: none } }, judge, random: random(2) };
    const judged = { real: judge({ sample: one }), fake: judge({ sample: none }) };
    cutMix().discriminator!({ ...round, ...judged } as unknown as Round);
    const means = Array.from(
      { length: 400 },
      (_, i) =>
        seen
          .at(-1)!
          .slice(16 * i, 16 * i + 16)
          .reduce((a, b) => a + b) / 16,
    );
    // By symmetry 1/2; a share has a standard deviation of at most 1/2, so 5 of the mean of 400 are 1/8.
    expect(Math.abs(means.reduce((a, b) => a + b) / 400 - 0.5)).toBeLessThan(0.125);
    expect(new Set(means).size).toBeGreaterThan(6);
  });

  it('refuses what it cannot use', () => {
    expect(() => cutMix({ consistency: -1 })).toThrow('consistency must be a finite number of at least 0, but is -1');
    expect(() => cutMix({ augmentation: 0, consistency: 0 })).toThrow(
      new TypeError('cutMix has nothing to do where augmentation and consistency are both 0'),
    );
    expect(() => cutMix().discriminator!(roundOf(() => tensor([[1]])))).toThrow(
      new TypeError('cutMix wants a score for each pixel, [1, 4, 4, 1], but has pixels of [1, 1]'),
    );
    const points = { samples: { real: { sample: tensor([[1, 2]]) }, fake: { sample: tensor([[1, 2]]) } } };
    expect(() => cutMix().discriminator!(points as unknown as Round)).toThrow(
      new TypeError('cutMix mixes pictures, but a sample has shape 2'),
    );
  });
});
