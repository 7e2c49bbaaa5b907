import { concat, gather, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import type { Tensors } from './network.js';
import type { Random } from './random.js';

/** An empty pool; its first draw gives it the samples' shape. */
export const emptyPool = (): Tensors => ({});

/**
 * One draw from a pool of at most `size` earlier samples: while it fills, every sample is taken in and shown; then each
 * is shown itself with probability 1/2, else an earlier one whose place it takes.
 *
 * @see Shrivastava et al. (2017), arXiv:1612.07828, section 2.3; Zhu et al. (2017), arXiv:1703.10593, section 4.
 */
export function pooled(
  pool: Tensors,
  fresh: Tensor,
  size: number,
  random: Random,
): { readonly shown: Tensor; readonly pool: Tensors } {
  const count = fresh.shape[0]!;
  const held = pool['samples'];
  const offset = held?.shape[0] ?? 0;
  const all = held ? concat([held, fresh], 0) : fresh;
  let filled = offset;
  const kept = Array.from({ length: filled }, (_, slot) => slot);
  const shown = Array.from({ length: count }, (_, i) => {
    const row = offset + i;
    if (filled < size) {
      kept[filled++] = row;
      return row;
    }
    if (random.next() < 0.5) return row;
    const slot = random.integer(size);
    const earlier = kept[slot]!;
    kept[slot] = row;
    return earlier;
  });
  return { shown: rows(all, shown), pool: { samples: rows(all, kept) } };
}

const rows = (from: Tensor, indices: readonly number[]): Tensor => gather(from, tensor1d([...indices], 'int32'));
