import { eye, matMul, reshape, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The transpose of a linear map, read off what the map makes of each unit tensor: the gradient at its input, whatever the
 * backend's own gradient says.
 *
 * @param shape `[batch, ...]` of the input; `forward` maps any number of samples, each by itself.
 */
export function adjoint(shape: readonly number[], forward: (x: Tensor) => Tensor, dy: Tensor): Tensor {
  const sample = shape.slice(1);
  const size = sample.reduce((all, extent) => all * extent, 1);
  const columns = reshape(forward(reshape(eye(size), [size, ...sample])), [size, -1]);
  return reshape(matMul(reshape(dy, [shape[0]!, columns.shape[1]!]), columns, false, true), [...shape]);
}
