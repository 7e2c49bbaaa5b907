import {
  concat,
  gather,
  matMul,
  mul,
  reshape,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor1d,
  tensor2d,
  zeros,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, number, numbers, roundOf } from '../round.fixture.js';
import { gradientPenalty } from './gradient-penalty.js';

const linear: Judge = ({ sample }, { w }) => matMul(reshape(sample!, [sample!.shape[0]!, -1]), w! as Tensor2D);
/** |x|^2 / 2, whose slope at x is |x|. */
const bowl: Judge = ({ sample }) => mul(sum(square(reshape(sample!, [sample!.shape[0]!, -1])), 1, true), 0.5);

describe('gradientPenalty', () => {
  inScopes();
  const penalty = (setting: Parameters<typeof roundOf>[0], weight = 10): Tensor =>
    gradientPenalty({ weight }).discriminator!(roundOf(setting));

  it('of a critic of slope 1 is 0', () => {
    const parameters = { w: tensor2d([[0.6], [-0.8]]) };
    const [real, fake] = [
      {
        sample: tensor2d([
          [1, 2],
          [3, 4],
        ]),
      },
      {
        sample: tensor2d([
          [0, 0],
          [9, 9],
        ]),
      },
    ];
    const value = number(penalty({ judge: linear, parameters, real, fake, share: tensor1d([0.5, 0.25]) }));
    // 0.6 and 0.8 are not exact in float32: the slope is 1 to within 1e-7.
    expect(value).toBeCloseTo(0, 10);
  });

  it('of a linear critic is weight (|w| - 1)^2, with the gradient 2 weight (|w| - 1) w / |w|', () => {
    const w = tensor2d([[3], [-4]]);
    const ends = { real: { sample: zeros([2, 2]) }, fake: { sample: zeros([2, 2]) }, share: tensor1d([0.5, 0.5]) };
    const value = () => penalty({ judge: linear, parameters: { w }, ...ends });
    // |w| = 5: 10 * 16, and 2 * 10 * 4 * (3, -4) / 5
    expect(number(value())).toBeCloseTo(160, 4);
    const [slope] = gradientsOf(value, [w]).map(numbers);
    expect(slope![0]).toBeCloseTo(48, 4);
    expect(slope![1]).toBeCloseTo(-64, 4);
  });

  it('asks at a point of its own on the segment of each pair, the share being that of the real end', () => {
    const real = { sample: tensor2d([[5], [5], [5]]) };
    const fake = { sample: tensor2d([[1], [1], [1]]) };
    const at = (share: number[]) => number(penalty({ judge: bowl, real, fake, share: tensor1d(share) }, 1));
    // slopes 1, 5 and 3: the points themselves
    expect(at([0, 0, 0])).toBeCloseTo(0, 6);
    expect(at([1, 1, 1])).toBeCloseTo(16, 5);
    expect(at([0, 1, 0.5])).toBeCloseTo((0 + 16 + 4) / 3, 5);
  });

  it('lets slopes below 1 be where it is one-sided', () => {
    const real = { sample: tensor2d([[0.25], [5]]) };
    const round = roundOf({ judge: bowl, real, fake: { sample: zeros([2, 1]) }, share: tensor1d([1, 1]) });
    // slopes 0.25 and 5: 0.75^2 counts two-sided alone
    expect(number(gradientPenalty({ weight: 1, oneSided: true }).discriminator!(round))).toBeCloseTo(8, 5);
    expect(number(gradientPenalty({ weight: 1 }).discriminator!(round))).toBeCloseTo(8 + 0.5625 / 2, 5);
    expect(() => gradientPenalty({ weight: 1, oneSided: 1 as never })).toThrow('oneSided must be one of true, false');
  });

  it('takes samples of any rank', () => {
    for (const shape of [
      [2, 4],
      [2, 2, 2],
      [2, 2, 2, 1],
      [2, 1, 2, 1, 2],
    ]) {
      const size = { real: { sample: tensor(new Array(8).fill(2), shape) }, fake: { sample: zeros(shape) } };
      // halfway: four times 1, |x| = 2
      expect(number(penalty({ judge: bowl, ...size, share: tensor1d([0.5, 0.5]) }))).toBeCloseTo(10, 4);
    }
  });

  it('measures one slope over all continuous inputs, and takes classes from the real side', () => {
    const parameters = { w: tensor2d([[2], [3], [6]]), e: tensor2d([[1], [100]]) };
    const judge: Judge = ({ point, code, classes }, { w, e }) =>
      mul(matMul(concat([point! as Tensor2D, code! as Tensor2D], 1), w! as Tensor2D), gather(e!, classes! as Tensor));
    const side = (id: number) => ({
      point: zeros([1, 1]),
      code: zeros([1, 2]),
      classes: tensor([id], [1], 'int32'),
    });
    const value = number(penalty({ judge, parameters, real: side(0), fake: side(1), share: tensor1d([0.5]) }, 1));
    // |(2, 3, 6)| = 7: (7 - 1)^2
    expect(value).toBeCloseTo(36, 4);
  });

  it('is weight, with a finite gradient, where the critic is flat', () => {
    const w = tensor2d([[0], [0]]);
    const ends = { real: { sample: zeros([1, 2]) }, fake: { sample: zeros([1, 2]) }, share: tensor1d([0.5]) };
    const value = () => penalty({ judge: linear, parameters: { w }, ...ends });
    // A slope of sqrt(1e-12) stands for 0: 10 (1 - 1e-6)^2
    expect(number(value())).toBeCloseTo(10, 4);
    for (const slope of numbers(gradientsOf(value, [w])[0]!)) expect(Math.abs(slope)).toBe(0);
  });

  it.each([0, -10, Number.NaN])('refuses a weight of %s', (weight) => {
    expect(() => gradientPenalty({ weight })).toThrow(
      new TypeError(`weight must be a positive finite number, but is ${String(weight)}`),
    );
  });

  it('refuses an option it does not have', () => {
    // @ts-expect-error no such option
    expect(() => gradientPenalty({ weight: 10, lambda: 10 })).toThrow(TypeError);
  });
});
