import { type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { rotationError } from '../golden-judged.fixture.js';
import { ids, roundOfHeads } from '../heads.fixture.js';
import { inScopes, number, numbers } from '../round.fixture.js';
import { rotation } from './rotation.js';

describe('rotation', () => {
  inScopes();

  it('shows the judge a quarter of the pictures each way, against the clock, with its other inputs as they were', () => {
    const seen: Readonly<Record<string, Tensor>>[] = [];
    const judge = (inputs: Readonly<Record<string, Tensor>>) => {
      seen.push(inputs);
      return { rotation: zeros([4, 4]) };
    };
    const real = {
      sample: tensor([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4], [4, 2, 2, 1]),
      classes: ids(7, 8, 9, 5),
    };
    // Four logits that are the same: log 4.
    expect(number(rotation().discriminator!(roundOfHeads({ samples: { real }, judge })))).toBeCloseTo(Math.log(4), 6);
    // 1 2   2 4   4 3   3 1
    // 3 4   1 3   2 1   4 2
    expect(numbers(seen[0]!['sample']!)).toEqual([1, 2, 3, 4, 2, 4, 1, 3, 4, 3, 2, 1, 3, 1, 4, 2]);
    expect(seen[0]!['classes']).toBe(real.classes);
  });

  it('weighs the generator by 0.2, unless told otherwise', () => {
    const judge = () => ({ rotation: zeros([6, 4]) });
    const round = roundOfHeads({ samples: { fake: { sample: zeros([6, 2, 2, 1]) } }, judge });
    expect(number(rotation().generator!(round))).toBeCloseTo(0.2 * Math.log(4), 6);
    expect(number(rotation({ generator: 1 }).generator!(round))).toBeCloseTo(Math.log(4), 6);
  });

  it.each(['discriminator', 'generator'] as const)("has the value and gradient of mimicry's own loss: %s", (side) => {
    expect(rotationError(side, numbers)).toBeLessThan(1e-5);
  });

  it('refuses what is no square picture, and a head without four logits', () => {
    const at = (shape: number[], ways = 4) =>
      rotation().discriminator!(
        roundOfHeads({
          samples: { real: { sample: zeros(shape) } },
          judge: ({ sample }) => ({ rotation: zeros([sample!.shape[0]!, ways]) }),
        }),
      );
    expect(() => at([4, 3])).toThrow(new TypeError('rotation turns square pictures, but a sample is 3'));
    expect(() => at([4, 3, 4, 1])).toThrow(new TypeError('rotation turns square pictures, but a sample is 3x4x1'));
    expect(() => at([4, 3, 3, 1], 3)).toThrow(
      new TypeError("rotation wants 4 logits of the head 'rotation', but it has 3"),
    );
  });

  it('refuses a batch that has no four quarters, and a negative weight', () => {
    const round = roundOfHeads({ samples: { real: { sample: zeros([3, 2, 2, 1]) } }, judge: () => ({}) });
    expect(() => rotation().discriminator!(round)).toThrow(
      new TypeError('rotation turns a quarter of a batch each way, but the batch has 3'),
    );
    expect(() => rotation({ generator: -0.2 })).toThrow(
      new TypeError('generator must be a finite number of at least 0, but is -0.2'),
    );
  });
});
