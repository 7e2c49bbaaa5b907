import { matMul, type Tensor } from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';
import { sumTo } from './shapes-of.js';

export interface Product {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** Those of a product of matrices, each perhaps transposed, at both. */
export const gradientsOfProduct = (
  dy: Tensor,
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: Product,
) => ({
  a: () => sumTo(transposeA ? matMul(b, dy, transposeB, true) : matMul(dy, b, false, !transposeB), a.shape),
  b: () => sumTo(transposeB ? matMul(dy, a, true, transposeA) : matMul(a, dy, !transposeA, false), b.shape),
});

/** Products of matrices in batches; the stock gradient forgets that one batch may have been repeated. */
export function registerProductGradient(): void {
  replaceGradient('BatchMatMul', ['a', 'b'], (dy, [a, b], attributes: Product) =>
    gradientsOfProduct(dy, a, b, attributes),
  );
}
