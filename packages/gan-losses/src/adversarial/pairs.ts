import { untaped } from '@gan/core';
import {
  add,
  div,
  eye,
  matMul,
  mean,
  mul,
  relu,
  reshape,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { root } from '../penalties/root.js';

/** Samples as rows, `[batch, width]`, whatever their shape. */
export const rows = (features: Tensor): Tensor2D => reshape(features, [features.shape[0]!, -1]);

/** The inner product of each row with each other, `[left, right]`. */
export const products = (left: Tensor, right: Tensor): Tensor => matMul(rows(left), rows(right), false, true);

/** Rows of length 1; a row of zeros stays one. */
export const normalized = (features: Tensor): Tensor2D => {
  const flat = rows(features);
  return div(flat, root(sum(square(flat), 1, true)));
};

/** The cosine between each two rows, `[left, right]`. */
export const cosines = (left: Tensor, right: Tensor): Tensor => products(normalized(left), normalized(right));

/**
 * The squared distance between each two rows, `[left, right]`; from a common centre, so that far from 0 it keeps its
 * digits.
 */
export function squaredDistances(left: Tensor, right: Tensor): Tensor {
  const centre = untaped(() => mean(rows(left), 0));
  const [a, b] = [sub(rows(left), centre), sub(rows(right), centre)];
  const norms = (centred: Tensor): Tensor => sum(square(centred), 1, true);
  // Rounding may take the distance of a point from itself below 0.
  return relu(sub(add(norms(a), reshape(norms(b), [1, -1])), mul(products(a, b), 2)));
}

/** A square matrix with zeros on its diagonal. */
export const withoutDiagonal = (matrix: Tensor): Tensor => mul(matrix, sub(1, eye(matrix.shape[0]!)));

/**
 * How many samples there are.
 *
 * @throws TypeError if it is one.
 */
export function assertSeveral(term: string, samples: Tensor): number {
  const count = samples.shape[0]!;
  if (count < 2) throw new TypeError(`${term} compares samples of a batch with each other, but the batch has ${count}`);
  return count;
}
