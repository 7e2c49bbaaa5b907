import { tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { inScopes } from '../network.fixture.js';
import { firstChannels } from './first-channels.js';

describe('firstChannels', () => {
  inScopes();

  it('keeps the first channels of every place', () => {
    const y = firstChannels({ channels: 2 }).apply(tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 2, 2, 3]));
    expect(Array.from((y as ReturnType<typeof tensor>).dataSync())).toEqual([1, 2, 4, 5, 7, 8, 10, 11]);
  });

  it('refuses to keep more than there are', () => {
    expect(() => firstChannels({ channels: 4 }).computeOutputShape([1, 2, 2, 3])).toThrow(
      new TypeError('channels must be at most those of the map, 3, but are 4'),
    );
    expect(() => firstChannels({ channels: 0 })).toThrow('channels must be a whole number of at least 1, but is 0');
  });
});
