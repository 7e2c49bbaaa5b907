import { assertKnownOptions, assertNotNegative, assertPositive, defineTerm } from '@gan/core';
import { abs, add, clipByValue, mean, mul, scalar, sub } from '@tensorflow/tfjs-core';

/** Options of `boundaryEquilibrium`. */
export interface BoundaryEquilibriumOptions {
  /**
   * The fakes' energy over that of the real samples where the game is in balance, gamma in the paper: 0.5 unless said.
   * Less is less diverse.
   */
  readonly diversity?: number;
  /**
   * How fast the controller follows, lambda_k in the paper: 0.001 unless said, under which k moves by some 1e-4 a step, for
   * trainings of 100,000s of them. Shorter ones take more.
   */
  readonly rate?: number;
  /** k at the start, in [0, 1]; 0 unless said. */
  readonly start?: number;
}

/**
 * The loss of boundary equilibrium GANs (BEGAN), with its controller: the judge gives real samples low energy and fakes
 * high energy, the latter with a weight k that holds the two energies in a fixed proportion,
 *
 *     discriminator:  mean real - k mean fake
 *     generator:      mean fake
 *     after:          k <- min(max(k + rate (diversity mean real - mean fake), 0), 1)
 *                     convergence = mean real + |diversity mean real - mean fake|
 *
 * The energy is at least 0: the reconstruction error |x - D(x)| of an autoencoder. `k` and `convergence`, the paper's
 * measure of how far training has come (less is better), are the term's state:
 * `training.state('boundary-equilibrium')`.
 *
 * Unlike the paper, where the controller looks at the fakes of the generator's own update, it looks at those that the
 * judge has just learned from.
 *
 * @returns A term with both sides that reads a linear `energy`, low for real samples; its state is `k` and
 *   `convergence`, both scalars.
 * @throws TypeError if `diversity` or `rate` is not a positive finite number, or `start` is not in [0, 1].
 * @see Berthelot, Schumm, Metz (2017), arXiv:1703.10717, section 3.4.
 */
export function boundaryEquilibrium(options: BoundaryEquilibriumOptions = {}) {
  assertKnownOptions('boundaryEquilibrium', options, ['diversity', 'rate', 'start']);
  const { diversity = 0.5, rate = 1e-3, start = 0 } = options;
  assertPositive('diversity', diversity);
  assertPositive('rate', rate);
  assertNotNegative('start', start);
  if (start > 1) throw new TypeError(`start must be in [0, 1], but is ${start}`);
  return defineTerm({
    name: 'boundary-equilibrium',
    reads: { energy: 'linear' },
    init: () => ({ k: scalar(start), convergence: scalar(0) }),
    discriminator: ({ real, fake, state }) => sub(mean(real.energy), mul(state['k']!, mean(fake.energy))),
    generator: ({ fake }) => mean(fake.energy),
    after: ({ real, fake, state }) => {
      const [ofReal, ofFake] = [mean(real.energy), mean(fake.energy)];
      const balance = sub(mul(diversity, ofReal), ofFake);
      return {
        state: {
          k: clipByValue(add(state['k']!, mul(rate, balance)), 0, 1),
          convergence: add(ofReal, abs(balance)),
        },
      };
    },
  });
}
