import { add, relu, sub, type Tensor } from '@tensorflow/tfjs-core';

/** `|left - right|`, number by number. As two half-lines: the gradient of TensorFlow.js's own `abs` is -1 at 0, where that of `relu` is 0. */
export const absoluteDifference = (left: Tensor, right: Tensor): Tensor =>
  add(relu(sub(left, right)), relu(sub(right, left)));
