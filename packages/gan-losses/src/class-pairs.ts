import type { Tensors } from '@gan/core';
import { cast, equal, expandDims, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Which samples of a batch are of the same class, as zeros and ones `[batch, batch]`.
 *
 * @param inputs The samples, by the judge's inputs, of which one is `classes`.
 * @throws TypeError if none is.
 */
export function classPairs(term: string, inputs: Tensors): Tensor {
  const { classes } = inputs;
  if (!classes)
    throw new TypeError(
      `${term} compares samples by class: the judge must have an input 'classes', but has ${Object.keys(inputs).join(', ')}`,
    );
  const ids = cast(classes, 'int32');
  return cast(equal(expandDims(ids, 1), expandDims(ids, 0)), 'float32');
}
