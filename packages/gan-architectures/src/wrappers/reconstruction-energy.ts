import { assertKnownOptions, assertOneOf, type Network, type Ports, type Shape } from '@gan/core';
import { abs, mean, reshape, square, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** Options of `reconstructionEnergy`. */
export interface ReconstructionEnergyOptions {
  /** Of the differences: 1 for their size, 2 for their square; 2 unless said. */
  readonly power?: 1 | 2;
}

/** The ports of an autoencoder's outputs as a judge: its sample becomes its energy. */
export type EnergyPorts<O extends Ports> = Omit<O, 'sample'> & { readonly energy: 'linear' };

/**
 * An autoencoder A as a judge, whose opinion of a sample is how badly it reconstructs it,
 *
 *     energy(x) = mean over all of x of |x - A(x)|^power
 *
 * What else the autoencoder gives, as its code under `features`, the judge gives too.
 *
 * @param autoencoder A network that takes `sample` (and conditions), and gives `sample` of the same shape.
 * @returns A network that takes the same, and gives `energy` `[batch, 1]`, at least 0, in place of `sample`.
 * @throws TypeError if the autoencoder takes and gives samples of two shapes, or `power` is neither.
 * @see Zhao, Mathieu, LeCun (2016), arXiv:1609.03126, section 2.3; Berthelot, Schumm, Metz (2017), arXiv:1703.10717,
 *   section 3.1.
 */
export function reconstructionEnergy<I extends Ports & { sample: Shape }, O extends Ports & { sample: I['sample'] }>(
  autoencoder: Network<I, O>,
  options: ReconstructionEnergyOptions = {},
): Network<I, EnergyPorts<O>> {
  assertKnownOptions('reconstructionEnergy', options, ['power']);
  const { power = 2 } = options;
  assertOneOf('power', power, [1, 2]);
  const { inputs, outputs, init } = autoencoder;
  const [taken, given] = [inputs, outputs].map(({ sample }) => (Array.isArray(sample) ? sample.join('x') : 'none'));
  if (taken !== given)
    throw new TypeError(`an autoencoder gives samples of the shape it takes, ${taken}, but this one gives ${given}`);
  const size = power === 1 ? abs : square;
  const { sample: _, ...others } = outputs;
  return {
    inputs,
    outputs: { ...others, energy: 'linear' } as EnergyPorts<O>,
    init,
    apply: (weights, fed, mode) =>
      tidy(() => {
        const { outputs: made, state } = autoencoder.apply(weights, fed, mode);
        const { sample: rebuilt, ...rest } = made as Readonly<Record<string, Tensor>>;
        const each: Tensor = size(sub(fed['sample']!, rebuilt!));
        const energy = mean(reshape(each, [each.shape[0]!, -1]), 1, true);
        return { outputs: { ...rest, energy }, state } as never;
      }),
  };
}
