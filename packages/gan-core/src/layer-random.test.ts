import { describe, expect, it } from 'vitest';
import { drawingFrom, layerRandom } from './layer-random.js';
import { random } from './streams.js';

describe('layerRandom', () => {
  it('is the stream that is lent, of the innermost that lend one, and so is what Math.random gives', () => {
    const [outer, inner] = [random(1), random(2)];
    const chance = Math.random;
    drawingFrom(outer, () => {
      expect(layerRandom()).toBe(outer);
      drawingFrom(inner, () => {
        expect(layerRandom()).toBe(inner);
        expect(Math.random()).toBe(random(2).next());
      });
      expect(layerRandom()).toBe(outer);
      expect(Math.random()).toBe(random(1).next());
    });
    expect(Math.random).toBe(chance);
  });

  it('is given back by a body that throws', () => {
    const chance = Math.random;
    const body = () => {
      throw new Error('no');
    };
    expect(() => drawingFrom(random(1), body)).toThrow('no');
    expect(Math.random).toBe(chance);
    expect(layerRandom().next()).not.toBe(random(1).next());
  });

  it('is seeded by Math.random elsewhere: another one each time', () => {
    expect(layerRandom().next()).not.toBe(layerRandom().next());
  });
});
