import { type KernelFunc, matMul, oneHot, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';

/**
 * Sums rows by segment (the gradient of `gather`, so of embeddings), which the WebAssembly backend lacks, as a product
 * with the one-hot segments; a negative segment is in none of them.
 */
export const segmentSum: KernelFunc = ({ inputs, attrs }) =>
  tidy(() => {
    const { x, segmentIds } = inputs as { x: Tensor; segmentIds: Tensor };
    const { numSegments } = attrs as unknown as { numSegments: number };
    const rows = segmentIds.size;
    const members = oneHot(reshape(segmentIds, [rows]), numSegments, 1, 0, 'float32');
    const sums = matMul(members, reshape(x, [rows, -1]), true);
    return reshape(sums, [numSegments, ...x.shape.slice(segmentIds.rank)]);
  });
