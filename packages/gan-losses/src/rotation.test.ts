import { matMul, reshape, type Tensor, type Tensor2D, tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import golden from './golden/conditional.json' with { type: 'json' };
import { errorOf } from './golden-terms.fixture.js';
import { ids, roundOfHeads } from './heads.fixture.js';
import { rotation } from './rotation.js';
import { gradientsOf, inScopes, number, numbers } from './round.fixture.js';

const made = ({ values, shape }: { values: number[]; shape: number[] }): Tensor => tensor(values, shape);
/** A judge that is a product with the kernel. */
const product =
  (kernel: Tensor) =>
  ({ sample }: Readonly<Record<string, Tensor>>) => ({
    rotation: matMul(reshape(sample!, [sample!.shape[0]!, -1]), kernel as Tensor2D),
  });

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

  it("has the values and gradients of mimicry's own self-supervised loss", () => {
    const { discriminator, generator, ...given } = golden.rotation;
    const [kernel, fake] = [made(given.kernel), made(given.fake)];
    const samples = { real: { sample: made(given.real) }, fake: { sample: fake } };
    const round = roundOfHeads({ samples, judge: product(kernel) });
    const sides = [
      [() => rotation().discriminator!(round), kernel, discriminator],
      [() => rotation().generator!(round), fake, generator],
    ] as const;
    for (const [value, at, wanted] of sides) {
      expect(errorOf(numbers(value()), [wanted.value])).toBeLessThan(1e-5);
      expect(errorOf(gradientsOf(value, [at]).flatMap(numbers), wanted.gradient)).toBeLessThan(1e-5);
    }
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
