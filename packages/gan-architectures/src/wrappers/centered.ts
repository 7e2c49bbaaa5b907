import { assertFinite, assertKnownOptions, type Network, type Ports, shown } from '@gan/core';
import { add, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** Options of `centered`. */
export interface CenteredOptions {
  /** What the samples lie about: one number, or one for each channel. The mean of the data, or its ground, is a good one. */
  readonly center: number | readonly number[];
}

/**
 * A network that works on samples as they differ from a center,
 *
 *     takes sample - center, where it takes a sample;  gives sample + center, where it gives one
 *
 * A network without norms whose biases start as zeros starts from grey, 0: a generator makes it, and an autoencoder gives
 * it back without loss. Where the data lie far from it, as pictures on white ground do, the game of BEGAN comes to rest
 * there: the judge reconstructs grey as well as what it learns from, and what lies between worse, and so its controller has
 * no call to look at fakes. Both networks are then centered alike: `centered(beganGenerator({ ... }), { center: 0.8 })`, and
 * `reconstructionEnergy(centered(beganAutoencoder({ ... }), { center: 0.8 }), { power: 1 })`.
 *
 * @returns A network of the same ports and weights.
 * @throws TypeError if the network neither takes nor gives `sample`, `center` has a number that is not finite, or there are
 *   not as many as channels.
 */
export function centered<I extends Ports, O extends Ports>(
  network: Network<I, O>,
  options: CenteredOptions,
): Network<I, O> {
  assertKnownOptions('centered', options, ['center']);
  const { center } = options;
  for (const value of [center].flat()) assertFinite('center', value);
  const ports = [network.inputs, network.outputs].map(({ sample }) => sample);
  const shapes = ports.filter((port) => Array.isArray(port));
  if (shapes.length === 0) throw new TypeError("a network is centered by its 'sample', but this one has none");
  for (const shape of shapes)
    if (Array.isArray(center) && center.length !== shape.at(-1))
      throw new TypeError(
        `center must be one number, or one for each channel of ${shape.join('x')}, but is ${shown(center)}`,
      );
  const by = center as number | number[];
  return {
    ...network,
    apply: (weights, given, mode) =>
      tidy(() => {
        const { sample } = given;
        const fed = sample ? { ...given, sample: sub(sample, by) } : given;
        const { outputs, state } = network.apply(weights, fed, mode);
        const { sample: made } = outputs as { readonly sample?: Tensor };
        return { outputs: { ...outputs, ...(made && { sample: add(made, by) }) }, state };
      }),
  };
}
