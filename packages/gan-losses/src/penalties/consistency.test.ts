import { random } from '@gan/core';
import { add, concat, mul, neg, type Tensor, tensor, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, number, numbers, roundOf } from '../round.fixture.js';
import { consistency } from './consistency.js';

describe('consistency', () => {
  inScopes();
  const stream = random(1);
  const scaled: Judge = ({ sample }, { w }) => mul(sample!, w!);
  const step = (samples: Tensor) => add(samples, 2);
  const ends = () => ({ real: { sample: tensor2d([[1], [3]]) }, fake: { sample: tensor2d([[5]]) } });

  it('of a linear judge is the square of what the change makes of its score, with a gradient through both', () => {
    const w = tensor2d([[3]]);
    const value = () =>
      consistency({ real: 10, augment: step }).discriminator!(
        roundOf({ judge: scaled, parameters: { w }, ...ends(), random: stream }),
      );
    // (2 w)^2 = 36, wherever; 10 * 8 w
    expect(number(value())).toBe(360);
    expect(numbers(gradientsOf(value, [w])[0]!)).toEqual([240]);
  });

  it('is balanced if asked, at strengths of their own', () => {
    const judge: Judge = ({ sample }) => sample!;
    const doubled = (samples: Tensor) => mul(samples, 2);
    const round = roundOf({ judge, ...ends(), random: stream });
    // the change is the sample itself: 2 * (1 + 9) / 2 at real samples, 3 * 25 at fakes
    expect(number(consistency({ real: 2, augment: doubled }).discriminator!(round))).toBe(10);
    expect(number(consistency({ real: 2, fake: 3, augment: doubled }).discriminator!(round))).toBe(85);
  });

  it('is 0 for a judge that does not mind', () => {
    const even: Judge = ({ sample }) => mul(sample!, sample!);
    const round = roundOf({ judge: even, ...ends(), random: stream });
    expect(number(consistency({ real: 1, fake: 1, augment: neg }).discriminator!(round))).toBe(0);
  });

  it('changes all continuous inputs in the same way, and no classes', () => {
    const seen: number[][] = [];
    const judge: Judge = ({ left, right, classes }) => {
      seen.push(numbers(concat([left!, right!])));
      expect(numbers(classes!)).toEqual([7]);
      return left!;
    };
    const inputs = { left: tensor2d([[1]]), right: tensor2d([[2]]), classes: tensor([7], [1], 'int32') };
    const augment = (samples: Tensor, from: typeof stream) => add(samples, from.integer(1000));
    consistency({ real: 1, augment }).discriminator!(roundOf({ judge, real: inputs, random: stream }));
    const [changed, plain] = seen;
    expect(plain).toEqual([1, 2]);
    expect(changed![0]).toBeGreaterThan(1);
    expect(changed![1]! - changed![0]!).toBe(1);
  });

  it('refuses what it cannot use', () => {
    expect(() => consistency({ real: 0, augment: step })).toThrow('real must be a positive finite number, but is 0');
    expect(() => consistency({ real: 1, fake: -1, augment: step })).toThrow(
      'fake must be a finite number of at least 0',
    );
    expect(() => consistency({ real: 1, augment: 'flip' as never })).toThrow(
      "augment must be a function of samples and a stream, but is 'flip'",
    );
    const widening = (samples: Tensor) => concat([samples, samples], 1);
    const round = roundOf({ judge: scaled, parameters: { w: tensor2d([[3]]) }, ...ends(), random: stream });
    expect(() => consistency({ real: 1, augment: widening }).discriminator!(round)).toThrow(
      new TypeError('augment must keep the shape 2x1, but gives 2x2'),
    );
  });
});
