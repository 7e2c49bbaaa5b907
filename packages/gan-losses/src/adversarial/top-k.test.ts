import { checkTerm } from '@gan/core/testing';
import { reshape, type Tensor, tensor, tensor1d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { l1 } from '../comparisons/l1.js';
import { r1 } from '../penalties/r1.js';
import { gradientsOf, inScopes, number, numbers, roundOf } from '../round.fixture.js';
import { hinge } from './hinge.js';
import { topK } from './top-k.js';

const round = (fake: Tensor, step = 0) =>
  roundOf({ judge: ({ sample }) => sample!, real: { sample: fake }, fake: { sample: fake }, step });
const scores = () => tensor([[3], [-1], [5], [0]]);

describe('topK', () => {
  inScopes();

  it('teaches the generator by the best-scored fakes alone', () => {
    const fake = scores();
    const { generator } = topK({ period: 1, decay: 0 }, hinge());
    expect(number(generator!(round(fake, 1)))).toBe(-4);
    const [slope] = gradientsOf(() => generator!(round(fake, 1)), [fake]);
    expect(numbers(slope!).map((value) => value + 0)).toEqual([-0.5, 0, -0.5, 0]);
  });

  it('leaves the judge as it is, and everything while the share is whole', () => {
    const [plain, { discriminator, generator }] = [hinge(), topK({ period: 10 }, hinge())];
    const fake = scores();
    expect(number(discriminator!(round(fake, 1000)))).toBe(number(plain.discriminator!(round(fake))));
    expect(number(generator!(round(fake)))).toBe(number(plain.generator!(round(fake))));
  });

  it('takes ever fewer, down to the least share', () => {
    const fake = tensor(Array.from({ length: 100 }, (_, i) => [i]));
    const { generator } = topK({ period: 10, decay: 0.5, least: 0.25 }, hinge());
    // The mean of the k largest of 0 to 99 is 99 - (k - 1) / 2.
    const count = (step: number) => 2 * (99 + number(generator!(round(fake, step)))) + 1;
    // 100 * 0.5^(step / 10): 100, 70.7, 50, 25, and no fewer
    expect([0, 5, 10, 20, 1000].map(count)).toEqual([100, 71, 50, 25, 25]);
  });

  it("ranks a patch judge's maps by their means", () => {
    const maps = reshape(tensor1d([9, -9, 1, 1]), [2, 2, 1, 1]);
    expect(number(topK({ period: 1, decay: 0 }, hinge()).generator!(round(maps, 1)))).toBe(-1);
  });

  it('makes the other things that the generator looks at match', () => {
    const term = topK({ period: 1, decay: 0 }, {
      ...hinge(),
      samples: ['real', 'fake', 'classes'],
      generator: ({ samples }: { samples: { classes: Tensor; fake: { sample: Tensor } } }) => {
        expect(numbers(samples.classes)).toEqual([2, 0]);
        expect(numbers(samples.fake.sample)).toEqual([5, 3]);
        return tensor(0);
      },
    } as never) as unknown as { generator: (round: object) => Tensor };
    const seen = round(scores(), 1);
    term.generator(Object.assign(seen, { samples: { ...seen.samples, classes: tensor1d([0, 1, 2, 3], 'int32') } }));
  });

  it('refuses terms without a generator side or a score, and shares out of range', () => {
    expect(() => topK({ period: 1 }, r1({ gamma: 1 }))).toThrow(
      new TypeError('topK chooses what a generator learns from, but r1 has no generator side'),
    );
    expect(() => topK({ period: 1 }, l1())).toThrow(new TypeError("topK goes by the head 'score', but l1 reads none"));
    expect(() => topK({ period: 0 }, hinge())).toThrow(
      new TypeError('period must be a whole number of at least 1, but is 0'),
    );
    expect(() => topK({ period: 1, decay: 1 }, hinge())).toThrow(
      new TypeError('decay must be at least 0 and less than 1, but is 1'),
    );
    expect(() => topK({ period: 1, least: 0 }, hinge())).toThrow(
      new TypeError('least must lie above 0 and be at most 1, but is 0'),
    );
  });
});

it('topK keeps the contract of a term', () => checkTerm(topK({ period: 1, decay: 0.5 }, hinge())));
