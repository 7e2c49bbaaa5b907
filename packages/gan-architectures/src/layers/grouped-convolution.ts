import {
  add,
  concat,
  conv2d,
  depthwiseConv2d,
  engine,
  getBackend,
  getKernel,
  reshape,
  split,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

/** Under this name an engine may have the whole as one kernel of `x`, `filter` and, if there is one, `bias`. */
const KERNEL = 'GroupedConv2D';

/** How a convolution in groups goes over a map. */
export interface GroupedConvolution {
  readonly groups: number;
  readonly strides: number;
  readonly padding: 'same' | 'valid';
}

/**
 * A convolution in groups of channels, each of which gives as many of the results from its own channels alone:
 *
 *     y = (x_1 * w_1, ..., x_n * w_n) + b
 *
 * One kernel where the engine has one, and a depthwise convolution where each channel is a group; else as many plain
 * convolutions as there are groups. Each way can be differentiated to any order where its ops can.
 *
 * @param x `[batch, height, width, channels]`
 * @param filter `[height, width, channels / groups, filters]`, those of the first group first.
 * @see Krizhevsky et al. (2012), section 3.5; Xie et al. (2017), arXiv:1611.05431.
 */
export function groupedConvolution(
  x: Tensor4D,
  filter: Tensor4D,
  bias: Tensor1D | undefined,
  how: GroupedConvolution,
): Tensor {
  const { groups, strides, padding: pad } = how;
  if (groups === 1 || groups === x.shape[3] || !getKernel(KERNEL, getBackend())) {
    const y = composed(x, filter, how);
    return bias ? add(y, bias) : y;
  }
  const attributes = { strides, pad, dataFormat: 'NHWC', dilations: 1 };
  return engine().runKernel(KERNEL, { x, filter, ...(bias && { bias }) }, attributes);
}

/** Out of the convolutions that TensorFlow.js has. */
function composed(x: Tensor4D, filter: Tensor4D, { groups, strides, padding }: GroupedConvolution): Tensor {
  if (groups === 1) return conv2d(x, filter, strides, padding);
  if (groups === x.shape[3]) {
    const [height, width, , filters] = filter.shape;
    const each = reshape(filter, [height, width, groups, filters / groups]) as Tensor4D;
    return depthwiseConv2d(x, each, strides, padding);
  }
  const parts = (of: Tensor4D): Tensor4D[] => split(of, groups, 3);
  const [maps, filtersOf] = [parts(x), parts(filter)];
  return concat(
    maps.map((map, k) => conv2d(map, filtersOf[k]!, strides, padding)),
    3,
  );
}
