import { tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { inScopes, number, numbers, roundOf } from '../round.fixture.js';
import { weightClipping } from './weight-clipping.js';

describe('weightClipping', () => {
  inScopes();

  it('clips every parameter of the judge after its update, and adds nothing to the objective', () => {
    const { discriminator, after } = weightClipping({ bound: 0.5 });
    const parameters = { w: tensor([-3, -0.25, 0.25, 3]), b: tensor([[0.5], [2]]) };
    expect(number(discriminator!(roundOf({}) as never))).toBe(0);
    const left = after!(roundOf({ parameters }) as never);
    expect(Object.keys(left)).toEqual(['parameters']);
    expect(numbers(left.parameters!['w']!)).toEqual([-0.5, -0.25, 0.25, 0.5]);
    expect(left.parameters!['b']!.shape).toEqual([2, 1]);
    expect(numbers(left.parameters!['b']!)).toEqual([0.5, 0.5]);
    expect(numbers(parameters.w)).toEqual([-3, -0.25, 0.25, 3]);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a bound of %s', (bound) => {
    expect(() => weightClipping({ bound })).toThrow(
      new TypeError(`bound must be a positive finite number, but is ${String(bound)}`),
    );
  });

  it('refuses an option it does not have', () => {
    // @ts-expect-error no such option
    expect(() => weightClipping({ clip: 1 })).toThrow(
      new TypeError("weightClipping has no option 'clip'; it takes bound"),
    );
  });
});
