import { add, sub, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { pixelCase, pixelGoldens, pixelTerms } from './pixels.fixture.js';
import { gradientsOf, inScopes, number, numbers } from './round.fixture.js';

/** float32 against float64: relative to the largest number of the tensor. */
function expectClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(wanted.length);
  const scale = Math.max(1e-3, ...wanted.map(Math.abs));
  for (const [i, value] of actual.entries()) expect(Math.abs(value - wanted[i]!) / scale).toBeLessThan(tolerance);
}

describe('every pixel and perceptual term', () => {
  inScopes();

  it('has a golden value', () => expect([...pixelTerms].sort()).toEqual(Object.keys(pixelGoldens).sort()));

  it.each(pixelTerms)('%s: value and gradient are those of independent code in float64', (name) => {
    const { of, at } = pixelCase(name);
    const { value, gradient } = pixelGoldens[name]!;
    expectClose([number(of(at))], [value], 1e-5);
    expectClose(numbers(gradientsOf(() => of(at), [at])[0]!), gradient, 1e-5);
  });

  // Those of absolute values are not smooth; the golden gradients stand for them.
  it.each(pixelTerms.filter((name) => /l2|Squares|huber|ssim|perceptual(?!Absolute)/.test(name)))(
    '%s: the gradient agrees with finite differences',
    (name) => {
      const { of, at } = pixelCase(name);
      const slope = numbers(gradientsOf(() => of(at), [at])[0]!).filter((_, i) => i % 5 === 0);
      const differences = slope.map((_, i) => tidy(() => difference(of, at, 5 * i)));
      // A central difference over 2h = 1/16 in float32: its error is of the order of h^2 and of 1e-7 / h.
      expectClose(differences, slope, 2e-2);
    },
  );
});

const h = 1 / 32;
function difference(of: (at: Tensor) => Tensor, at: Tensor, i: number): number {
  const bump = tensor(
    numbers(at).map((_, k) => (k === i ? h : 0)),
    at.shape,
  );
  return (number(of(add(at, bump))) - number(of(sub(at, bump)))) / (2 * h);
}
