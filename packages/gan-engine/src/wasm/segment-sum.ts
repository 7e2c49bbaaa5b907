import { cast, equal, type KernelFunc, matMul, range, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { attributes } from '../kernels/call.js';

/**
 * Sums rows by segment (the gradient of `gather`, so of embeddings), which the WebAssembly backend lacks, as a product
 * with the one-hot segments; a negative segment is in none of them.
 */
export const segmentSum: KernelFunc = (call) =>
  tidy(() => {
    const { x, segmentIds } = call.inputs as { x: Tensor; segmentIds: Tensor };
    const { numSegments } = attributes<{ numSegments: number }>(call);
    const rows = segmentIds.size;
    const members = cast(equal(reshape(segmentIds, [rows, 1]), range(0, numSegments, 1, 'int32')), 'float32');
    const sums = matMul(members, reshape(x, [rows, -1]), true);
    return reshape(sums, [numSegments, ...x.shape.slice(segmentIds.rank)]);
  });
