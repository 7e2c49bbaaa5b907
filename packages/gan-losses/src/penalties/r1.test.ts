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
  tensor4d,
  zeros,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, number, numbers, roundOf } from '../round.fixture.js';
import { r1 } from './r1.js';

const linear: Judge = ({ sample }, { w }) => matMul(reshape(sample!, [sample!.shape[0]!, -1]), w! as Tensor2D);

describe('r1', () => {
  inScopes();
  const penalty = (setting: Parameters<typeof roundOf>[0], gamma = 3): Tensor =>
    r1({ gamma }).discriminator!(roundOf(setting));

  it('of a linear judge is exactly gamma / 2 |w|^2, wherever it is asked', () => {
    const w = tensor2d([[1], [-2], [0.5], [4]]);
    // 3 / 2 * (1 + 4 + 0.25 + 16)
    for (const sample of [zeros([3, 4]), tensor2d([[1, 2, 3, 4]])])
      expect(number(penalty({ judge: linear, parameters: { w }, real: { sample } }))).toBe(31.875);
  });

  it('has the gradient gamma w for a linear judge', () => {
    const w = tensor2d([[1], [-2]]);
    const value = () => penalty({ judge: linear, parameters: { w }, real: { sample: zeros([5, 2]) } });
    expect(numbers(gradientsOf(value, [w])[0]!)).toEqual([3, -6]);
  });

  it('takes samples of any rank', () => {
    const w = tensor2d([[1], [-2], [0.5], [4]]);
    for (const shape of [
      [2, 4],
      [2, 2, 2],
      [2, 2, 2, 1],
      [2, 1, 2, 1, 2],
    ])
      expect(number(penalty({ judge: linear, parameters: { w }, real: { sample: zeros(shape) } }))).toBe(31.875);
    // A sample without axes: D(x) = x^2, D' = 2 x, 3 / 2 * mean (4, 16)
    const judge: Judge = ({ sample }) => reshape(square(sample!), [-1, 1]);
    expect(number(penalty({ judge, real: { sample: tensor1d([1, -2]) } }))).toBe(15);
  });

  it("is each sample's own slope, averaged over the batch", () => {
    const judge: Judge = ({ sample }) => sum(square(sample!), 1, true);
    // || 2 x ||^2 = 4 (1 + 4) and 4 * 9; 3 / 2 * (20 + 36) / 2
    expect(
      number(
        penalty({
          judge,
          real: {
            sample: tensor2d([
              [1, 2],
              [0, 3],
            ]),
          },
        }),
      ),
    ).toBe(42);
  });

  it('is 0, without a gradient, for a judge that does not look', () => {
    const c = tensor2d([[2]]);
    const value = () =>
      penalty({ judge: (_, { c }) => square(c!), parameters: { c }, real: { sample: zeros([1, 2]) } });
    expect(number(value())).toBe(0);
    expect(numbers(gradientsOf(value, [c])[0]!)).toEqual([0]);
  });

  it('adds up the continuous inputs of a judge of several, and holds classes fixed', () => {
    const parameters = { w: tensor2d([[1], [2], [3]]), e: tensor2d([[5], [7]]) };
    const judge: Judge = ({ point, code, classes }, { w, e }) =>
      mul(matMul(concat([point! as Tensor2D, code! as Tensor2D], 1), w! as Tensor2D), gather(e!, classes! as Tensor));
    const real = { point: zeros([2, 1]), code: zeros([2, 2]), classes: tensor([0, 1], [2], 'int32') };
    // |w|^2 = 14, times 25 and 49; 3 / 2 * 14 * 37
    expect(number(penalty({ judge, parameters, real }))).toBe(777);
  });

  it('counts only what the judge makes of a sample, not what else is made of it', () => {
    const sample = tensor2d([[2]]);
    const value = () => {
      const context = square(sample);
      return penalty({ judge: (inputs) => mul(inputs['sample']!, context), real: { sample } }, 2);
    };
    // D = x c with c = 4 held fixed: D' = 4, not 3 x^2 = 12.
    gradientsOf(() => {
      const at = value();
      expect(number(at)).toBe(16);
      return at;
    }, [sample]);
  });

  it('takes a picture', () => {
    const w = tensor2d([[1], [1], [1], [1]]);
    const sample = tensor4d([
      [
        [[1], [2]],
        [[3], [4]],
      ],
    ]);
    expect(number(penalty({ judge: (x, p) => square(linear(x, p)), parameters: { w }, real: { sample } }))).toBe(
      // D = (sum x)^2, slope 2 * 10 in each of 4 pixels: 3 / 2 * 4 * 400
      2400,
    );
  });

  it.each([0, -1, Number.NaN, '1'])('refuses a gamma of %s', (gamma) => {
    expect(() => r1({ gamma: gamma as number })).toThrow(/^gamma must be a positive finite number, but is /);
  });

  it('refuses an option it does not have', () => {
    // @ts-expect-error no such option
    expect(() => r1({ gamma: 1, every: 16 })).toThrow(new TypeError("r1 has no option 'every'; it takes gamma"));
  });
});
