import { describe, expect, it } from 'vitest';
import { inScopes, outputShapes, parameters } from '../../network.fixture.js';
import { unetDiscriminator } from './unet-discriminator.js';

const picture = { sample: [32, 32, 3], filters: 2 } as const;

describe('unetDiscriminator', () => {
  inScopes();

  it('scores the picture and every pixel', () => {
    expect(outputShapes(unetDiscriminator(picture))).toEqual({ score: [2, 1], pixels: [2, 32, 32, 1] });
  });

  it('has as many parameters as its blocks', () => {
    const conv = (size: number, from: number, to: number) => size ** 2 * from * to + to;
    const block = (from: number, to: number) => conv(3, from, to) + conv(3, to, to) + conv(1, from, to);
    // Down 3 -> 2 -> 4 -> 8; up 8 -> 4, then beside 4 of the way down to 2, beside 2 to 2; a score of each.
    const wanted = [block(3, 2), block(2, 4), block(4, 8), block(8, 4), block(8, 2), block(4, 2), 8 + 1, 2 + 1];
    expect(parameters(unetDiscriminator(picture))).toBe(wanted.reduce((sum, count) => sum + count));
    // A row for each class, of the coarsest map's width and of the finest's.
    const classes = parameters(unetDiscriminator({ ...picture, classes: 5 }));
    expect(classes - parameters(unetDiscriminator(picture))).toBe(5 * (8 + 2));
  });

  it.each([
    [{ sample: [48, 48, 3] }, 'the side of a picture must be one of 16, 32, 64, 128, 256, but is 48'],
    [{ filters: 0 }, 'filters must be a whole number of at least 1, but is 0'],
    [{ filters: 8, attention: 32 }, 'attention must be the side of a map, one of 16, 8, 4, but is 32'],
    [{ attention: 16 }, 'attention wants a map whose channels are a multiple of 8, but they are 2'],
    [{ classes: 0 }, 'classes must be a whole number of at least 1, but is 0'],
    [{ width: 2 }, "unetDiscriminator has no option 'width'; it takes sample, classes, filters, attention"],
  ] as const)('refuses %j', (wrong, sentence) => {
    const options = { ...picture, ...wrong } as Parameters<typeof unetDiscriminator>[0];
    expect(() => unetDiscriminator(options)).toThrow(new TypeError(sentence));
  });
});
