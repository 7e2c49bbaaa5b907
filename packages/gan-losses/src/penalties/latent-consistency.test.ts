import { mul, ones, scalar, square, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, makerOf, number, numbers, roundOf } from '../round.fixture.js';
import { latentConsistency } from './latent-consistency.js';

const options = { discriminator: 5, generator: 0.5, noise: 0.25 };

describe('latentConsistency', () => {
  inScopes();
  /** G = k z at z = 1 and 2, D = w x; every step in z is 0.25 long. */
  const roundAt = (k = scalar(4), w = scalar(3)) => {
    const make: Judge = ({ latents }, { k }) => mul(latents!, k!);
    const latents = tensor2d([[1], [2]]);
    return roundOf({
      judge: ({ sample }, { w }) => mul(sample!, w!),
      parameters: { w },
      fake: { sample: make({ latents }, { k }) },
      maker: makerOf(make, { latents }, { k }),
      random: { normal: (shape) => ones([...shape]) },
    });
  };

  it('counts against the judge what a step in the latent space does to its score', () => {
    const w = scalar(3);
    const value = () => latentConsistency(options).discriminator!(roundAt(scalar(4), w));
    // (0.25 k w)^2 = 9, times 5; the gradient is 2 * 5 * (0.25 k)^2 w
    expect(number(value())).toBe(45);
    expect(numbers(gradientsOf(value, [w])[0]!)).toEqual([30]);
  });

  it('counts for the generator what it does to the fake', () => {
    const k = scalar(4);
    const value = () => latentConsistency(options).generator!(roundAt(k));
    // -(0.25 k)^2 / 2, and its slope -0.25^2 k
    expect(number(value())).toBe(-0.5);
    expect(numbers(gradientsOf(value, [k])[0]!)).toEqual([-0.25]);
  });

  it('leaves out a side without strength', () => {
    expect(latentConsistency({ ...options, generator: 0 }).generator).toBeUndefined();
    expect(latentConsistency({ ...options, discriminator: 0 }).discriminator).toBeUndefined();
  });

  it('refuses what it cannot use', () => {
    expect(() => latentConsistency({ ...options, generator: -1 })).toThrow(
      'generator must be a finite number of at least 0',
    );
    expect(() => latentConsistency({ ...options, noise: 0 })).toThrow(
      'noise must be a positive finite number, but is 0',
    );
    expect(() => latentConsistency({ ...options, discriminator: 0, generator: 0 })).toThrow('would do nothing');
    const judge: Judge = ({ sample }) => square(sample!);
    const fake = { sample: tensor2d([[1]]) };
    expect(() =>
      latentConsistency({ ...options, input: 'noise' }).discriminator!(
        roundOf({ judge, fake, maker: makerOf(judge, fake) }),
      ),
    ).toThrow("latent-consistency varies the input 'noise', but the generator takes sample");
  });
});
