import { add, matMul, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { gaussianMixture, type Kernel, rationalQuadratic } from './kernels.js';
import { maximumMeanDiscrepancy } from './maximum-mean-discrepancy.js';

const round = (real: Tensor2D, fake: Tensor2D) => roundOfHeads({ real: { features: real }, fake: { features: fake } });
/** k(x, y) = x . y, whose discrepancy is that of the means. */
const linear: Kernel = (left, right) => matMul(left as Tensor2D, right as Tensor2D, false, true);

describe('maximumMeanDiscrepancy', () => {
  inScopes();

  it('is unbiased: of a linear kernel, the squared difference of the means less what chance adds', () => {
    const { generator, discriminator } = maximumMeanDiscrepancy({ kernel: linear });
    const [real, fake] = [tensor2d([[1], [3]]), tensor2d([[2], [-1]])];
    // 1 * 3 + 2 * -1 - 2 * 2 * 0.5; with the diagonals it would be (2 - 0.5)^2.
    expect(number(generator!(round(real, fake)))).toBe(-1);
    expect(number(discriminator!(round(real, fake)))).toBe(1);
  });

  it.each([
    ['gaussianMixture', gaussianMixture()],
    ['rationalQuadratic', rationalQuadratic()],
  ])('of %s is blind to where features lie together, and to which are the real ones', (_, kernel) => {
    const { generator } = maximumMeanDiscrepancy({ kernel });
    const [real, fake] = [
      tensor2d([
        [0, 1],
        [2, 0.5],
      ]),
      tensor2d([
        [1, 1],
        [-1, 0],
      ]),
    ];
    const value = number(generator!(round(real, fake)));
    // What 1000 leaves of their digits: 1e-4.
    expect(number(generator!(round(add(real, 1000), add(fake, 1000))))).toBeCloseTo(value, 3);
    expect(number(generator!(round(fake, real)))).toBeCloseTo(value, 6);
  });

  it('knows five kernels at distance 0: a batch of equals against another far away', () => {
    const { generator } = maximumMeanDiscrepancy();
    const [real, fake] = [tensor2d([[0], [0]]), tensor2d([[1000], [1000]])];
    expect(number(generator!(round(real, fake)))).toBe(10);
    expect(number(generator!(round(real, real)))).toBe(0);
  });

  it('repulsive, spreads real samples and gathers fakes, and leaves the generator as it is', () => {
    const [attractive, repulsive] = [maximumMeanDiscrepancy(), maximumMeanDiscrepancy({ judge: 'repulsive' })];
    const [real, fake] = [tensor2d([[0], [1]]), tensor2d([[4], [5]])];
    const [ofReal, ofFake] = gradientsOf(() => repulsive.discriminator!(round(real, fake)), [real, fake]).map(numbers);
    // Downhill is against the slope: apart, and together.
    expect(ofReal![0]).toBeGreaterThan(0);
    expect(ofReal![1]).toBeLessThan(0);
    expect(ofFake![0]).toBeLessThan(0);
    expect(ofFake![1]).toBeGreaterThan(0);
    expect(number(repulsive.generator!(round(real, fake)))).toBe(number(attractive.generator!(round(real, fake))));
  });

  it('refuses a batch of one, a kernel that is no function, and a judge it does not know', () => {
    const [one, two] = [tensor2d([[0]]), tensor2d([[1], [2]])];
    const message = 'maximum-mean-discrepancy compares samples of a batch with each other, but the batch has 1';
    expect(() => maximumMeanDiscrepancy().generator!(round(two, one))).toThrow(new TypeError(message));
    // @ts-expect-error a name is no kernel
    expect(() => maximumMeanDiscrepancy({ kernel: 'rbf' })).toThrow(
      new TypeError("kernel must be a function, but is 'rbf'"),
    );
    // @ts-expect-error no such judge
    expect(() => maximumMeanDiscrepancy({ judge: 'shy' })).toThrow(
      new TypeError("judge must be one of 'attractive', 'repulsive', but is 'shy'"),
    );
  });

  it('refuses widths that are none', () => {
    expect(() => gaussianMixture({ deviations: [] })).toThrow(
      new TypeError('deviations must be a list of one positive number at least, but is []'),
    );
    expect(() => rationalQuadratic({ powers: [1, -2] })).toThrow(
      new TypeError('powers[1] must be a positive finite number, but is -2'),
    );
  });
});
