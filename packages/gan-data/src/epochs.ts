import { assertCount, random } from '@gan/core';

/** A permutation per epoch and, for a batch, the numbers of its samples. */
export type Order = (which: { readonly index: number; readonly size: number }) => Uint32Array;

/**
 * The order in which a finite data set is gone through: epoch after epoch, each a new permutation of all samples, cut
 * into batches without regard to where an epoch ends, so that each sample comes exactly once an epoch. Sample `k` of
 * batch `index` is entry `p mod samples` of the permutation of epoch `floor(p / samples)`, where `p = index * size + k`.
 *
 * The batch's own stream plays no part: an epoch is longer than a batch, so its order hangs on the data set's seed.
 *
 * @throws TypeError if the seed is no whole number; the order, if a batch is larger than the data set.
 */
export function epochs({ samples, seed }: { readonly samples: number; readonly seed: number }): Order {
  const source = random(seed).stream('epochs');
  // Two, because a batch may span two epochs. Evaluating in between costs a permutation, never another order.
  let recent: readonly { readonly epoch: number; readonly order: Uint32Array }[] = [];
  const orderOf = (epoch: number): Uint32Array => {
    const known = recent.find((one) => one.epoch === epoch);
    if (known) return known.order;
    const order = source.stream(epoch).permutation(samples);
    recent = [{ epoch, order }, ...recent.slice(0, 1)];
    return order;
  };

  return ({ index, size }) => {
    assertCount('index', index, 0);
    assertCount('size', size);
    if (size > samples)
      throw new TypeError(`a batch of ${size} cannot be drawn from a data set of ${samples} samples without repeating`);
    return Uint32Array.from({ length: size }, (_, k) => {
      const position = index * size + k;
      return orderOf(Math.floor(position / samples))[position % samples]!;
    });
  };
}
