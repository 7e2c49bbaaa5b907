import { assertFinite, assertKnownOptions, defineTerm } from '@gan/core';
import { add, mean, mul, square, sub, type Tensor } from '@tensorflow/tfjs-core';

/** Options of `leastSquares`: what each score is pulled towards. */
export interface LeastSquaresOptions {
  /** The judge's target for real samples, `b` in the paper; 1 unless said. */
  readonly real?: number;
  /** The judge's target for fakes, `a` in the paper; 0 unless said. */
  readonly fake?: number;
  /** The generator's target for fakes, `c` in the paper; that for real samples unless said. */
  readonly generator?: number;
}

/**
 * The least squares loss: scores are pulled towards targets, from above as well as from below,
 *
 *     discriminator:  1/2 mean (real - b)^2 + 1/2 mean (fake - a)^2
 *     generator:      1/2 mean (fake - c)^2
 *
 * with the targets b = 1, a = 0, c = 1 (the paper's 0-1 coding). Where b - c = 1 and b - a = 2, as in
 * `{ real: 1, fake: -1, generator: 0 }`, the game minimises Pearson's chi-squared divergence between p + q and 2 q, p and q
 * being the densities of the data and of the fakes.
 *
 * @returns A term with both sides that reads a linear `score`.
 * @throws TypeError if a target is not a finite number, or those for real samples and fakes are the same.
 * @see Mao et al. (2017), arXiv:1611.04076, equations 2, 8 and 9.
 */
export function leastSquares(options: LeastSquaresOptions = {}) {
  assertKnownOptions('leastSquares', options, ['real', 'fake', 'generator']);
  const { real: realTarget = 1, fake: fakeTarget = 0, generator: target = realTarget } = options;
  for (const [name, value] of Object.entries({ real: realTarget, fake: fakeTarget, generator: target }))
    assertFinite(name, value);
  if (realTarget === fakeTarget)
    throw new TypeError(`real and fake must be different targets, but both are ${realTarget}`);
  return defineTerm({
    name: 'least-squares',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => add(halfSquare(real.score, realTarget), halfSquare(fake.score, fakeTarget)),
    generator: ({ fake }) => halfSquare(fake.score, target),
  });
}

const halfSquare = (score: Tensor, target: number): Tensor => mul(mean(square(sub(score, target))), 0.5);
