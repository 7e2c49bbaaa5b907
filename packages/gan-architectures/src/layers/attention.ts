import { assertCount, assertPositive } from '@gan/core';
import {
  expandDims,
  matMul,
  mul,
  reshape,
  softmax,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
} from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';
import { oneOf, optional } from './option-check.js';

/** Options of `attention`. */
export interface AttentionOptions {
  /** Multiplies what the softmax is taken of; 1 in SAGAN, 1 / sqrt(width of a head) in transformers. 1 unless said. */
  readonly scale?: number;
  /** How many times it is done side by side, each with a share of the channels, in their order; 1 unless said. */
  readonly heads?: number;
  /** What makes a key go with a query: their product, unless said, or how near they are, -|q - k|^2. */
  readonly by?: 'product' | 'distance';
}

/**
 * Attention of every place to every other: the result at a place of the queries is the mean of the values, weighted by how
 * well their keys go with the query,
 *
 *     y_i = sum over j of softmax_j(scale q_i . k_j) v_j,    or    softmax_j(-scale |q_i - k_j|^2)
 *
 * in each head by itself, whose results stand side by side. By distance, it is Lipschitz where queries and keys are made of
 * one sequence by one kernel. Places are those of maps `[batch, height, width, channels]` or of sequences `[batch, length,
 * channels]`; keys and values have the same, which may be fewer than those of the queries (SAGAN's authors pool them).
 *
 * @returns A layer from `[queries, keys, values]` to the queries' places with the values' channels.
 * @see Zhang et al. (2019), arXiv:1805.08318, equations 1 to 3; Vaswani et al. (2017), arXiv:1706.03762, equation 1 and
 *   section 3.2.2; Kim, Papamakarios, Mnih (2021), arXiv:2006.04710, section 3.2, by distance.
 */
export const attention = defineLayer<AttentionOptions>({
  name: 'Attention',
  options: {
    scale: optional(assertPositive),
    heads: optional(assertCount),
    by: optional(oneOf('product', 'distance')),
  },
  shape: ([queries, keys, values], { heads = 1 }) => {
    if (queries?.at(-1) !== keys?.at(-1))
      throw new TypeError(`queries and keys need as many channels, but have ${queries?.at(-1)} and ${keys?.at(-1)}`);
    for (const channels of [queries!.at(-1)!, values!.at(-1)!])
      if (channels % heads !== 0)
        throw new TypeError(`heads must divide the ${channels} channels, but there are ${heads}`);
    return [...queries!.slice(0, -1), values!.at(-1)!];
  },
  call: ({ inputs: [queries, keys, values], options: { scale = 1, heads = 1, by = 'product' } }) => {
    const [q, k, v] = [queries!, keys!, values!].map((map) => apart(map, heads)) as [Tensor, Tensor, Tensor];
    const alike = by === 'product' ? matMul(scaledBy(q, scale), k, false, true) : scaledBy(nearness(q, k), scale);
    return together(matMul(softmax(alike), v), queries!.shape.slice(0, -1), heads);
  },
});

/** `[batch, places..., channels]` as `[batch, heads, places, channels / heads]`, or without that axis for one head. */
function apart(map: Tensor, heads: number): Tensor {
  const [batch, channels] = [map.shape[0]!, map.shape.at(-1)!];
  if (heads === 1) return reshape(map, [batch, -1, channels]);
  return transpose(reshape(map, [batch, -1, heads, channels / heads]), [0, 2, 1, 3]);
}

/** What `apart` has taken apart. */
const together = (of: Tensor, places: readonly number[], heads: number): Tensor =>
  reshape(heads === 1 ? of : transpose(of, [0, 2, 1, 3]), [...places, heads * of.shape.at(-1)!]);

const scaledBy = (x: Tensor, scale: number): Tensor => (scale === 1 ? x : mul(x, scale));

/** -|q - k|^2, up to what the softmax over k does not see: 2 q . k - |k|^2. */
function nearness(q: Tensor, k: Tensor): Tensor {
  const lengths = expandDims(sum(square(k), -1), -2);
  return sub(mul(matMul(q, k, false, true), 2), lengths);
}
