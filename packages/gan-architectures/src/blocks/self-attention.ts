import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import { attention } from '../layers/attention.js';
import { learnedScale } from '../layers/learned-scale.js';
import type { Kernels } from './kernels.js';

/**
 * Self-attention over a map, which comes in by and by:
 *
 *     y = x + scale (1 x 1(attention(queries(x), keys(x), values(x)))),    scale learned, from 0 on
 *
 * Queries and keys have an eighth of the channels, which must be a multiple of 8, values a half, each by a convolution of
 * 1 x 1 without bias.
 *
 * Unlike the paper, and as in its authors' code, keys and values are the largest of four places, and values have half the
 * channels.
 *
 * @see Zhang et al. (2019), arXiv:1805.08318, section 3, figure 2.
 */
export function selfAttention(x: SymbolicTensor, { conv2d }: Kernels): SymbolicTensor {
  const channels = x.shape.at(-1)!;
  const part = (filters: number, name: string) =>
    conv2d({ filters, kernelSize: 1, useBias: false, name: `attention.${name}` });
  const pooled = () => layers.maxPooling2d({ poolSize: 2 });
  const queries = chain(x, part(channels / 8, 'queries'));
  const keys = chain(x, part(channels / 8, 'keys'), pooled());
  const values = chain(x, part(channels / 2, 'values'), pooled());
  const seen = chain(
    [queries, keys, values],
    attention(),
    part(channels, 'result'),
    learnedScale({ name: 'attention' }),
  );
  return chain([x, seen], layers.add());
}
