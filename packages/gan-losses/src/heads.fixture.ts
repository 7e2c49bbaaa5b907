import type { Random, Round, Tensors } from '@gan/core';
import { type Tensor, tensor1d } from '@tensorflow/tfjs-core';

/** What a round of heads is made of; what is left out must not be read. */
export interface Heads {
  readonly real?: Tensors;
  readonly fake?: Tensors;
  readonly samples?: Readonly<Record<string, Tensor | Tensors>>;
  readonly state?: Tensors;
  readonly judge?: (inputs: Tensors) => Tensors;
  readonly random?: Random;
}

/** A round of one term whose heads are what is given. */
export const roundOfHeads = ({ real = {}, fake = {}, samples = {}, state = {}, ...rest }: Heads): Round<any, any> =>
  ({ real, fake, samples, state, ...rest }) as unknown as Round<any, any>;

/** Class ids. */
export const ids = (...values: readonly number[]): Tensor => tensor1d([...values], 'int32');
