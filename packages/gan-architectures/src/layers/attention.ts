import { assertPositive } from '@gan/core';
import { matMul, mul, reshape, softmax, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';
import { optional } from './option-check.js';

/** Options of `attention`. */
export interface AttentionOptions {
  /** Multiplies the products before the softmax; 1 in SAGAN, 1 / sqrt(width) in transformers. 1 unless said. */
  readonly scale?: number;
}

/**
 * Attention of every place to every other: the result at a place of the queries is the mean of the values, weighted by how
 * well their keys go with the query,
 *
 *     y_i = sum over j of softmax_j(scale q_i . k_j) v_j
 *
 * Places are those of maps `[batch, height, width, channels]` or of sequences `[batch, length, channels]`; keys and values
 * have the same, which may be fewer than those of the queries (SAGAN's authors pool them).
 *
 * @returns A layer from `[queries, keys, values]` to the queries' places with the values' channels.
 * @see Zhang et al. (2019), arXiv:1805.08318, equations 1 to 3; Vaswani et al. (2017), arXiv:1706.03762, equation 1.
 */
export const attention = defineLayer<AttentionOptions>({
  name: 'Attention',
  options: { scale: optional(assertPositive) },
  shape: ([queries, keys, values]) => {
    if (queries?.at(-1) !== keys?.at(-1))
      throw new TypeError(`queries and keys need as many channels, but have ${queries?.at(-1)} and ${keys?.at(-1)}`);
    return [...queries!.slice(0, -1), values!.at(-1)!];
  },
  call: ({ inputs: [queries, keys, values], options: { scale = 1 } }) => {
    const weights = softmax(matMul(scaledBy(rows(queries!), scale), rows(keys!), false, true));
    return reshape(matMul(weights, rows(values!)), [...queries!.shape.slice(0, -1), values!.shape.at(-1)!]);
  },
});

const rows = (map: Tensor): Tensor3D => reshape(map, [map.shape[0]!, -1, map.shape.at(-1)!]);
const scaledBy = (x: Tensor3D, scale: number): Tensor3D => (scale === 1 ? x : (mul(x, scale) as Tensor3D));
