import { shown, type Tensors } from '@gan/core';
import { dispose, type Tensor } from '@tensorflow/tfjs-core';

/** Which part of the evidence to walk through. */
export interface Draw<Names extends string> {
  /** What a sentence calls it: `real`, `fake`. */
  readonly of: string;
  /** How many samples were asked for. */
  readonly count: number;
  /** The tensors that every batch must have. */
  readonly names: readonly Names[];
}

/**
 * Shows each batch to `look` and disposes of it, also when something throws.
 *
 * @throws TypeError if a batch lacks one of `names`, or if the batches do not hold `count` samples together.
 */
export async function draw<Names extends string>(
  batches: AsyncIterable<Tensors>,
  { of, count, names }: Draw<Names>,
  look: (batch: { readonly [K in Names]: Tensor }) => void | Promise<void>,
): Promise<void> {
  let seen = 0;
  for await (const batch of batches)
    try {
      for (const name of names)
        if (!batch[name])
          throw new TypeError(
            `${of} batches must have '${name}', but have ${Object.keys(batch).map(shown).join(', ') || 'none'}`,
          );
      const named = batch as { readonly [K in Names]: Tensor };
      seen += named[names[0]!].shape[0] ?? 0;
      if (seen > count) throw new TypeError(`${count} ${of} samples were asked for, but ${seen} and more came`);
      await look(named);
    } finally {
      dispose({ ...batch });
    }
  if (seen !== count) throw new TypeError(`${count} ${of} samples were asked for, but ${seen} came`);
}
