import { assertCount, type Network, type Ports, type Shape, shown, type Tensors } from '@gan/core';
import { cast, concat, oneHot, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { assertShape, type LatentsPort } from '../ports.js';

/** What the latents of a generator are made of: latents of its own, and codes, each a number of classes or a shape. */
export type Codes = { readonly latents: number | Shape } & Readonly<Record<string, number | Shape>>;

/** The inputs of a generator whose latents are taken apart. */
export type Coded<I extends Ports, C extends Codes> = Omit<I, 'latents'> & {
  readonly [K in keyof C]: K extends 'latents' ? LatentsPort<C['latents']> : C[K];
};

/**
 * A generator that takes codes beside its latents, each by a name of its own, and sees them as one row,
 *
 *     latents of G = [latents, code, code, ...]
 *
 * with a class as a row of zeros and a one, as in InfoGAN's
 *
 *     withCodes(dcganGenerator({ sample, latents: 74 }), { latents: 62, category: 10, code: [2] })
 *
 * The game draws the codes: `samples: { category: { categorical: 10 }, code: { uniform: [2] } }`. With classes of the data
 * it is a conditional GAN by concatenation.
 *
 * @param codes `latents` and codes, in the order in which the generator sees them: `latents: 62` is short for `[62]`, any
 *   other number a class of so many.
 * @returns A network with the weights of the generator.
 * @throws TypeError if a code is neither a class of at least 2 nor a shape, or all together are not what the generator takes.
 * @see Chen et al. (2016), arXiv:1606.03657, section 5; Mirza, Osindero (2014), arXiv:1411.1784.
 */
export function withCodes<I extends Ports & { readonly latents: Shape }, O extends Ports, const C extends Codes>(
  generator: Network<I, O>,
  codes: C,
): Network<Coded<I, C>, O> {
  const ports = Object.fromEntries(Object.entries(codes).map(([name, code]) => [name, portOf(name, code)]));
  const { latents: taken, ...others } = generator.inputs as Ports;
  const [total = 0] = Array.isArray(taken) && taken.length === 1 ? (taken as Shape) : [];
  const widths = Object.values(ports).map(widthOf);
  const sum = widths.reduce((all, width) => all + width, 0);
  if (sum !== total)
    throw new TypeError(
      `the generator takes ${shown(taken)} as its latents, but ${Object.keys(ports).join(', ')} are ${widths.join(' + ')} = ${sum} numbers`,
    );
  for (const name of Object.keys(others))
    if (name in ports) throw new TypeError(`the generator takes '${name}' already`);
  return {
    ...generator,
    inputs: { ...ports, ...others } as Coded<I, C>,
    apply: (weights, given, mode) =>
      tidy(() => {
        const rows = Object.entries(ports).map(([name, port]) => rowsOf(name, given[name], port));
        const rest = Object.fromEntries(Object.keys(others).map((name) => [name, given[name]!]));
        return generator.apply(weights, { ...rest, latents: concat(rows, 1) } as Tensors, mode);
      }),
  };
}

function portOf(name: string, code: number | Shape): number | Shape {
  if (typeof code !== 'number') {
    assertShape(name, code);
    return code;
  }
  assertCount(name, code, name === 'latents' ? 1 : 2);
  return name === 'latents' ? [code] : code;
}

const widthOf = (port: number | Shape): number =>
  typeof port === 'number' ? port : port.reduce((size, axis) => size * axis, 1);

/** One code as rows: a class as a row of zeros and a one, numbers as they are. */
function rowsOf(name: string, given: Tensor | undefined, port: number | Shape): Tensor {
  if (!given) throw new TypeError(`the generator takes '${name}', but is not given it`);
  if (typeof port === 'number') return oneHot(cast(reshape(given, [-1]), 'int32'), port, 1, 0, 'float32');
  return reshape(given, [given.shape[0]!, widthOf(port)]);
}
