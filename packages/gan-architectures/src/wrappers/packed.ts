import { assertCount, assertKnownOptions, type Network, type Port, type Ports, shown, type Tensors } from '@gan/core';
import { reshape, type Tensor, tidy, tile, transpose } from '@tensorflow/tfjs-core';

/** Options of `packed`. */
export interface PackedOptions {
  /** How many samples are judged together, m in the paper: 2 to 4 there; 1 is the judge itself. */
  readonly size: number;
}

/** A shape whose last axis is another. */
type Narrower<P> = P extends readonly [...infer Rest extends readonly number[], number]
  ? readonly [...Rest, number]
  : P;

/** The ports of a judge, for one sample of a pack. */
export type Unpacked<I extends Ports> = { readonly [K in keyof I]: Narrower<I[K]> };

/**
 * PacGAN: a judge of several samples at once, side by side in their channels, so that a lack of variety shows,
 *
 *     D(x_1, ..., x_m),    x_1 to x_m all real or all fake
 *
 * as in `packed(dcganDiscriminator({ sample: [28, 28, 2] }), { size: 2 })`, which judges samples of `[28, 28, 1]`. Rows
 * that follow each other in the batch make a pack; in training there is one score for each pack, and penalties take the
 * slope in all of a pack.
 *
 * In inference, which knows no other samples, each is judged in a pack of copies.
 *
 * @returns A network with the weights of the judge.
 * @throws TypeError if an input of the judge is no shape, or its channels do not divide into packs; when it is applied in
 *   training, if the batch does not.
 * @see Lin et al. (2018), arXiv:1712.04086, section 2.
 */
export function packed<const I extends Ports, O extends Ports>(
  judge: Network<I, O>,
  options: PackedOptions,
): Network<Unpacked<I>, O> {
  assertKnownOptions('packed', options, ['size']);
  const { size } = options;
  assertCount('size', size);
  const inputs = Object.fromEntries(
    Object.entries(judge.inputs).map(([name, port]) => [name, unpacked(name, port, size)]),
  ) as unknown as Unpacked<I>;
  if (size === 1) return judge as unknown as Network<Unpacked<I>, O>;
  return {
    ...judge,
    inputs,
    apply: (weights, given, mode) =>
      tidy(() => {
        const packs = Object.entries(given).map(([name, of]) => [
          name,
          mode.training ? together(name, of, size) : copies(of, size),
        ]);
        return judge.apply(weights, Object.fromEntries(packs) as Tensors, mode);
      }),
  };
}

function unpacked(name: string, port: Port, size: number): readonly number[] {
  const channels = typeof port === 'object' ? port.at(-1)! : Number.NaN;
  if (typeof port === 'object' && channels % size === 0) return [...port.slice(0, -1), channels / size];
  throw new TypeError(
    `a judge of packs of ${size} takes each input ${size} times, along its last axis, but its '${name}' is ${shown(port)}`,
  );
}

/** `[batch, ..., channels]` to `[batch / size, ..., size * channels]`. */
function together(name: string, of: Tensor, size: number): Tensor {
  const [batch, ...shape] = of.shape as [number, ...number[]];
  if (batch % size !== 0)
    throw new TypeError(`a batch of ${batch} does not divide into packs of ${size}, as which '${name}' is judged`);
  const [places, channels] = [shape.slice(0, -1), shape.at(-1)!];
  const inOne = places.reduce((product, length) => product * length, 1);
  const packs = transpose(reshape(of, [batch / size, size, inOne, channels]), [0, 2, 1, 3]);
  return reshape(packs, [batch / size, ...places, size * channels]);
}

const copies = (of: Tensor, size: number): Tensor => tile(of, [...of.shape.slice(1).map(() => 1), 1].with(-1, size));
