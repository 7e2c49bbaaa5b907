import { matMul, mul, type Tensor, tensor, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, makerOf, number, numbers, roundOf } from '../round.fixture.js';
import { orthogonal } from './orthogonal.js';

/** A turn by an angle. */
const turn = (angle: number) =>
  tensor2d([
    [Math.cos(angle), -Math.sin(angle)],
    [Math.sin(angle), Math.cos(angle)],
  ]);

describe('orthogonal', () => {
  inScopes();
  const of = (parameters: Record<string, Tensor>, options = {}) =>
    orthogonal({ weight: 1, side: 'discriminator', ...options }).discriminator!(roundOf({ parameters }));

  it('is the squared products of different columns, with the gradient 4 W (W^T W off its diagonal)', () => {
    const w = tensor2d([
      [1, 2],
      [0, 3],
    ]);
    // the product of the columns is 2, twice: 4 + 4, times 0.5
    expect(number(of({ w }, { weight: 0.5 }))).toBe(4);
    // 4 * 0.5 * W (0, 2; 2, 0)
    expect(numbers(gradientsOf(() => of({ w }, { weight: 0.5 }), [w])[0]!)).toEqual([8, 4, 12, 0]);
  });

  it('is 0 for orthogonal columns of any length, unless they are held to 1', () => {
    expect(number(of({ w: mul(turn(0.7), 3) }))).toBeCloseTo(0, 9);
    expect(number(of({ w: turn(0.7) }, { unit: true }))).toBeCloseTo(0, 9);
    // 9 - 1 on the diagonal, twice
    expect(
      number(
        of(
          {
            w: tensor2d([
              [3, 0],
              [0, 3],
            ]),
          },
          { unit: true },
        ),
      ),
    ).toBe(128);
  });

  it('is the same for more columns than rows, where the smaller product stands for the larger', () => {
    const w = tensor2d([
      [1, 2, -1, 0.5],
      [0, 3, 2, -2],
    ]);
    // Squared products of different columns: 2, -1, 0.5, 4, -5 and -4.5, each twice; lengths 1, 13, 5 and 4.25.
    const apart = 2 * (4 + 1 + 0.25 + 16 + 25 + 20.25);
    expect(number(of({ w }))).toBeCloseTo(apart, 4);
    expect(number(of({ w }, { unit: true }))).toBeCloseTo(apart + 0 + 144 + 16 + 3.25 ** 2, 4);
    // 4 W (W^T W off its diagonal), whose first column is (0, 2, -1, 0.5): 4 * 5.25 and 4 * 3.
    const [first, , , , fifth] = numbers(gradientsOf(() => of({ w }), [w])[0]!);
    expect(first).toBeCloseTo(21, 4);
    expect(fifth).toBeCloseTo(12, 4);
  });

  it('does not mind a turn of the space that columns live in', () => {
    const w = tensor2d([
      [1, 2],
      [0.5, -3],
    ]);
    for (const unit of [false, true])
      expect(number(of({ w: matMul(turn(1.1), w) }, { unit }))).toBeCloseTo(number(of({ w }, { unit })), 3);
  });

  it('lays a kernel out by its last axis, leaves vectors alone, and adds up what is chosen', () => {
    const kernel = tensor([1, 2, 0, 3], [2, 1, 1, 2]);
    const [bias, embedding] = [tensor1d([9, 9]), tensor2d([[1, 1]])];
    expect(number(of({ kernel, bias }))).toBe(8);
    expect(number(of({ kernel, bias, embedding }))).toBe(10);
    expect(number(of({ kernel, bias, embedding }, { only: (name: string) => name === 'embedding' }))).toBe(2);
  });

  it('is about the generator where it says so', () => {
    const { discriminator, generator } = orthogonal({ weight: 1, side: 'generator' });
    expect(discriminator).toBeUndefined();
    const maker = makerOf(({ latents }) => latents!, {}, { w: tensor2d([[1, 1]]) });
    expect(number(generator!(roundOf({ maker })))).toBe(2);
  });

  it('refuses what it cannot use', () => {
    expect(() => of({ bias: tensor1d([1]) })).toThrow(
      new TypeError('orthogonal finds no parameter of at least two axes to regularise among bias'),
    );
    expect(() => orthogonal({ weight: -1, side: 'generator' })).toThrow('weight must be a positive finite number');
    expect(() => orthogonal({ weight: 1, side: 'both' as never })).toThrow(
      "side must be one of 'discriminator', 'generator'",
    );
    expect(() => orthogonal({ weight: 1, side: 'generator', only: 'kernel' as never })).toThrow(
      'only must be a function',
    );
  });
});
