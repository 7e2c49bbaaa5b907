import { tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { pixelCase, pixelGoldens, pixelTerms } from './pixels.fixture.js';
import { difference, expectClose, gradientsOf, inScopes, number, numbers } from './round.fixture.js';

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
      const differences = slope.map((_, i) => tidy(() => difference(of, at, 5 * i, 1 / 32)));
      // A central difference over 2h = 1/16 in float32: its error is of the order of h^2 and of 1e-7 / h.
      expectClose(differences, slope, 2e-2);
    },
  );
});
