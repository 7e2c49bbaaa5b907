import {
  equal,
  expandDims,
  gatherND,
  mul,
  onesLike,
  range,
  registerGradient,
  scatterND,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';
import { float, zerosOf } from './shapes-of.js';

/** Taking numbers from places and putting them there, which are each other's gradients. TensorFlow.js has none. */
export function registerIndexingGradients(): void {
  replaceGradient('GatherNd', ['params', 'indices'], (dy, [params, indices]) => ({
    params: () => scatterND(indices, dy, params.shape),
    indices: () => zerosOf(indices),
  }));
  replaceGradient('ScatterNd', ['indices'], (dy, [indices]) => ({
    indices: () => zerosOf(indices),
    updates: () => gatherND(dy, indices),
  }));
  replaceGradient('TensorScatterUpdate', ['indices', 'updates'], (dy, [indices, updates]) => ({
    tensor: () => mul(dy, sub(1, scatterND(indices, onesLike(updates), dy.shape))),
    indices: () => zerosOf(indices),
    updates: () => gatherND(dy, indices),
  }));
  // Of the values; the places are constant.
  registerGradient({
    kernelName: 'TopK',
    inputsToSave: ['x'],
    outputsToSave: [false, true],
    gradFunc: (dys, [x, places]) => ({
      x: () => {
        const chosen = float(equal(expandDims(places!, -1), range(0, x!.shape.at(-1)!, 1, 'int32')));
        return sum(mul(expandDims((dys as Tensor[])[0]!, -1), chosen), -2);
      },
    }),
  });
}
