import { cast, equal, expandDims, type Tensor } from '@tensorflow/tfjs-core';

/** Which samples of a batch are of the same class, by their ids `[batch]`: zeros and ones, `[batch, batch]`. */
export function classPairs(classes: Tensor): Tensor {
  const ids = cast(classes, 'int32');
  return cast(equal(expandDims(ids, 1), expandDims(ids, 0)), 'float32');
}
