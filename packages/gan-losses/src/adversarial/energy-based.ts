import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { add, mean, relu, sub } from '@tensorflow/tfjs-core';

/** Options of `energyBased`. */
export interface EnergyBasedOptions {
  /** The energy up to which the judge lifts fakes, m in the paper; of the order of the energies themselves. */
  readonly margin: number;
}

/**
 * The loss of energy-based GANs (EBGAN): the judge gives real samples low energy, and fakes as much as the margin,
 *
 *     discriminator:  mean real + mean max(0, margin - fake)
 *     generator:      mean fake
 *
 * The energy is at least 0, as the reconstruction error of an autoencoder is: a judge free to go below it would. Fakes
 * beyond the margin teach the judge nothing.
 *
 * @returns A term with both sides that reads a linear `energy`, low for real samples; at real = fake = 0 it is the
 *   margin and 0.
 * @throws TypeError if `margin` is not a positive finite number.
 * @see Zhao, Mathieu, LeCun (2016), arXiv:1609.03126, equations 1 and 2.
 */
export function energyBased(options: EnergyBasedOptions) {
  assertKnownOptions('energyBased', options, ['margin']);
  const { margin } = options;
  assertPositive('margin', margin);
  return defineTerm({
    name: 'energy-based',
    reads: { energy: 'linear' },
    discriminator: ({ real, fake }) => add(mean(real.energy), mean(relu(sub(margin, fake.energy)))),
    generator: ({ fake }) => mean(fake.energy),
  });
}
