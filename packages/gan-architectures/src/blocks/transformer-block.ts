import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import { attention } from '../layers/attention.js';
import type { Kernels } from './kernels.js';
import type { Normalized } from './normalized.js';

/** How a block of a transformer is made. */
export interface TransformerBlock {
  /** That of its layers starts with it, as in `<name>.queries`. */
  readonly name: string;
  readonly heads: number;
  readonly kernels: Kernels;
  /** Comes before attention, and before the perceptron. */
  readonly normalized: Normalized;
  /** Attends by distance, with one kernel for queries and keys. False unless said. */
  readonly lipschitz?: boolean;
}

/**
 * A pre-norm block of a vision transformer over a sequence `[batch, length, width]`: attention of `heads` heads, then a
 * perceptron of one hidden layer, four times as wide, with GELU, each added to what it is given,
 *
 *     y = x + result(attention(queries(norm(x)), keys(norm(x)), values(norm(x))))
 *     z = y + narrow(gelu(wide(norm(y))))
 *
 * @returns A sequence of the same shape.
 * @see Dosovitskiy et al. (2021), arXiv:2010.11929, equations 2 and 3; Lee et al. (2022), arXiv:2107.04589, section 3.
 */
export function transformerBlock(x: SymbolicTensor, block: TransformerBlock): SymbolicTensor {
  const {
    name,
    heads,
    kernels: { dense },
    normalized,
    lipschitz = false,
  } = block;
  const width = x.shape.at(-1)!;
  const part = (units: number, of: string) => dense({ units, name: `${name}.${of}` });
  const given = normalized(x, `${name}.attention`);
  const queries = chain(given, part(width, 'queries'));
  const keys = lipschitz ? queries : chain(given, part(width, 'keys'));
  const values = chain(given, part(width, 'values'));
  const by = lipschitz ? 'distance' : 'product';
  const seen = chain(
    [queries, keys, values],
    attention({ heads, by, scale: Math.sqrt(heads / width) }),
    part(width, 'result'),
  );
  const y = chain([x, seen], layers.add());
  const wide = chain(
    normalized(y, `${name}.perceptron`),
    part(4 * width, 'wide'),
    layers.activation({ activation: 'gelu' }),
  );
  return chain([y, chain(wide, part(width, 'narrow'))], layers.add());
}
