import { backend_util, type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';

const reshape = aten('reshape');
const permute = aten('permute');
const padded = aten('pad');
const narrow = aten('narrow');

const { getPermuted, getReshaped, getReshapedPermuted, getSliceBeginCoords, getSliceSize } = backend_util;

/** Reshapes, transposes, reshapes. */
const rearranged = (x: Handle, [from, order, to]: readonly [number[], number[], number[]]): Handle =>
  reshape(permute(reshape(x, from), order), to);

type Crops = [number, number][];

/** Pixels moved between space and batch or channels. */
export const space: readonly KernelConfig[] = [
  kernel<Operands<'x'>, { blockShape: number[]; crops: Crops }>('BatchToSpaceND', ({ x }, { blockShape, crops }) => {
    const size = util.sizeFromShape(blockShape);
    const from = getReshaped(x.shape, blockShape, size);
    const to = getReshapedPermuted(x.shape, blockShape, size);
    const whole = rearranged(x.handle, [from, getPermuted(from.length, blockShape.length), to]);
    const begin = getSliceBeginCoords(crops, blockShape.length);
    const extents = getSliceSize(to, crops, blockShape.length);
    return begin.reduce((rest, start, axis) => narrow(rest, axis, start, extents[axis]!), whole);
  }),
  kernel<Operands<'x'>, { blockShape: number[]; paddings: Crops }>(
    'SpaceToBatchND',
    ({ x }, { blockShape, paddings }) => {
      const size = util.sizeFromShape(blockShape);
      const all: Crops = x.shape.map((_, axis) => paddings[axis - 1] ?? [0, 0]);
      const shape = x.shape.map((extent, axis) => all[axis]![0] + extent + all[axis]![1]);
      const from = getReshaped(shape, blockShape, size, false);
      const to = getReshapedPermuted(shape, blockShape, size, false);
      const whole = padded(x.handle, [...all].reverse().flat(), 'constant', 0);
      return rearranged(whole, [from, getPermuted(from.length, blockShape.length, false), to]);
    },
  ),
  kernel<Operands<'x'>, { blockSize: number; dataFormat: 'NHWC' | 'NCHW' }>(
    'DepthToSpace',
    ({ x }, { blockSize: block, dataFormat }) => {
      const [batch, a, b, c] = x.shape as [number, number, number, number];
      if (dataFormat === 'NHWC') {
        const depth = c / block ** 2;
        const order = [0, 1, 3, 2, 4, 5];
        return rearranged(x.handle, [[batch, a, b, block, block, depth], order, [batch, a * block, b * block, depth]]);
      }
      const depth = a / block ** 2;
      const order = [0, 3, 4, 1, 5, 2];
      return rearranged(x.handle, [[batch, block, block, depth, b, c], order, [batch, depth, b * block, c * block]]);
    },
  ),
];
