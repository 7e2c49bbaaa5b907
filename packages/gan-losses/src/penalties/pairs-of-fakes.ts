import type { Maker, Tensors } from '@gan/core';
import { concat, slice, type Tensor } from '@tensorflow/tfjs-core';
import { variedInput } from './varied-input.js';

/** Two samples for each of a batch, made under the same conditions, and what they were made from. */
export interface Pairs {
  readonly latents: readonly [Tensor, Tensor];
  readonly samples: readonly [Tensor, Tensor];
}

/**
 * What the generator makes of a batch beside what it makes of the next sample's latents under the same conditions: the
 * latents of a batch are independent, so those of a neighbour are another draw, whatever they are drawn from.
 *
 * @throws TypeError if the batch has but one sample, or the generator does not take the input.
 */
export function pairsOfFakes(term: string, made: Tensor, maker: Maker, named: string | undefined): Pairs {
  const input = variedInput(term, maker, named);
  const latents = maker.inputs[input]!;
  const batch = latents.shape[0]!;
  if (batch < 2) throw new TypeError(`${term} compares samples of a batch: it needs at least 2, but has ${batch}`);
  const others = concat([slice(latents, 1), slice(latents, 0, 1)]);
  const moved: Tensors = { ...maker.inputs, [input]: others };
  return { latents: [latents, others], samples: [made, maker.apply(moved)[maker.output]!] };
}
