import { assertKnownOptions, assertOneOf, assertPositive, defineTerm, type Round, shown } from '@gan/core';
import { add, eye, matMul, mul, reshape, square, sub, sum, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { type Owner, parametersOf } from './parameters-of.js';

/** Options of `orthogonal`. */
export interface OrthogonalOptions {
  /** Strength, beta in the paper, where it is 1e-4. */
  readonly weight: number;
  /** Whose weights: those of the judge, or of the network that makes `fake`. */
  readonly side: Owner;
  /** Whether columns are also held to length 1, as in the original; false unless said, as in BigGAN. */
  readonly unit?: boolean;
  /** Which parameters, by name; all that have at least two axes unless said. */
  readonly only?: (name: string) => boolean;
}

/**
 * Orthogonal regularisation: the columns of a weight matrix W stand at right angles to one another,
 *
 *     weight * sum over W of || (W^T W) * (1 - I) ||^2        (* entry by entry: lengths are left alone)
 *     weight * sum over W of || W^T W - I ||^2                with `unit`
 *
 * in the Frobenius norm. A kernel `[height, width, in, out]` is a matrix of its last axis: `[height * width * in, out]`.
 *
 * Unlike in Brock et al. (2016), where the entries of W W^T - I count by their absolute values, they are squared, as in BigGAN.
 *
 * @returns A term for the one `side`, bound to `fake`; it is 0 for matrices with orthogonal columns.
 * @throws TypeError if `weight` is not a positive finite number, `side` is neither player's, or, when it is played, no
 *   parameter of at least two axes is meant.
 * @see Brock, Donahue, Simonyan (2019), arXiv:1809.11096, equations 2 and 3; Brock et al. (2016), arXiv:1609.07093.
 */
export function orthogonal(options: OrthogonalOptions) {
  assertKnownOptions('orthogonal', options, ['weight', 'side', 'unit', 'only']);
  const { weight, side, unit = false, only = () => true } = options;
  assertPositive('weight', weight);
  assertOneOf('side', side, ['discriminator', 'generator']);
  assertOneOf('unit', unit, [true, false]);
  if (typeof only !== 'function') throw new TypeError(`only must be a function of a name, but is ${shown(only)}`);
  const play = (round: Round<{}, 'fake'>): Tensor => {
    const parameters = Object.entries(parametersOf(side, round));
    const matrices = parameters.filter(([name, { rank }]) => rank >= 2 && only(name));
    if (matrices.length === 0)
      throw new TypeError(
        `orthogonal finds no parameter of at least two axes to regularise among ${parameters.map(([name]) => name).join(', ')}`,
      );
    const parts = matrices.map(([, value]) => askew(reshape(value, [-1, value.shape.at(-1)!]) as Tensor2D, unit));
    return mul(
      parts.reduce((total, part) => add(total, part)),
      weight,
    );
  };
  return defineTerm({
    name: 'orthogonal',
    reads: {},
    samples: ['fake'],
    discriminator: side === 'discriminator' ? play : undefined,
    generator: side === 'generator' ? play : undefined,
  });
}

/** Of the products W^T W and W W^T, which are as large in all, the smaller one is made: a dense layer to a map has 24,576 columns in BigGAN. */
function askew(matrix: Tensor2D, unit: boolean): Tensor {
  const [rows, columns] = matrix.shape;
  const wide = rows < columns;
  const products = matMul(matrix, matrix, !wide, wide);
  if (wide) {
    const lengths = sum(square(matrix), 0);
    const all = sum(square(products));
    return unit ? add(sub(all, mul(2, sum(lengths))), columns) : sub(all, sum(square(lengths)));
  }
  const identity = eye(columns);
  return sum(square(unit ? sub(products, identity) : mul(products, sub(1, identity))));
}
