import { assertCount, type Network, type Ports, type Shape, shown, type Tensors } from '@gan/core';
import { cast, concat, expandDims, mul, oneHot, ones, reshape, tidy } from '@tensorflow/tfjs-core';
import type { Coded } from './with-codes.js';

/** The latents of each generator, and under another name how many generators there are. */
export type Several = { readonly latents: number } & Readonly<Record<string, number>>;

/**
 * Several generators as one network, which is told which of them is to play: each has weights of its own in the first
 * layer, they share all others,
 *
 *     latents of G = [0, ..., 0, latents, 1, 0, ..., 0],        at the place of the generator that plays
 *
 * so that a dense layer on them is one layer for each generator, with a bias of its own from the 1, as in
 *
 *     severalGenerators(dcganGenerator({ sample, latents: 4 * 101 }), { latents: 100, category: 4 })
 *
 * The game draws who plays, `samples: { category: { categorical: 4 } }`. With `multiAgentDiverse` and a judge of
 * `heads: { category: 5 }` it is MAD-GAN; with `categoricalInformation`, `heads: { category: 4 }` and any loss, MGAN.
 *
 * Unlike MAD-GAN, whose generators share some layers or none, they share all but the first, as in MGAN.
 *
 * @param several `latents`, how many each takes, and by a name of one's own how many there are, at least 2.
 * @returns A network with the weights of the generator.
 * @throws TypeError if a number is none, or the generator does not take as many latents, and one, for each.
 * @see Ghosh et al. (2018), arXiv:1704.02906; Hoang et al. (2018), MGAN, section 3.2.
 */
export function severalGenerators<
  I extends Ports & { readonly latents: Shape },
  O extends Ports,
  const C extends Several,
>(generator: Network<I, O>, several: C): Network<Coded<I, C>, O> {
  const { latents, ...named } = several;
  const { latents: taken, ...others } = generator.inputs as Ports;
  const [name = '', ...more] = Object.keys(named);
  if (name === '' || more.length > 0)
    throw new TypeError(
      `several generators are told apart by one number, as in { category: 4 }, but there ${more.length ? `are ${Object.keys(named).join(', ')}` : 'is none'}`,
    );
  const count = named[name] as number;
  assertCount('latents', latents);
  assertCount(name, count, 2);
  if (name in others) throw new TypeError(`the generator takes '${name}' already`);
  if (!Array.isArray(taken) || taken.length !== 1 || taken[0] !== count * (latents + 1))
    throw new TypeError(
      `${count} generators of ${latents} latents are one of [${count * (latents + 1)}], but this one takes ${shown(taken)}`,
    );
  return {
    ...generator,
    inputs: { latents: [latents], [name]: count, ...others } as Coded<I, C>,
    apply: (weights, given, mode) =>
      tidy(() => {
        const { [name]: which, latents: own, ...rest } = given as Tensors;
        const place = oneHot(cast(reshape(which!, [-1]), 'int32'), count, 1, 0, 'float32');
        const row = concat([own!, ones([own!.shape[0]!, 1])], 1);
        const placed = reshape(mul(expandDims(place, 2), expandDims(row, 1)), [-1, count * (latents + 1)]);
        return generator.apply(weights, { ...rest, latents: placed } as Tensors, mode);
      }),
  };
}
