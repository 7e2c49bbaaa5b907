import { backend_util, type KernelFunc, pad, reshape, slice, tidy, transpose, util } from '@tensorflow/tfjs-core';
import { attributes, inputOf } from '../kernels/call.js';

/** Moves blocks into the batch: padded, cut up, turned and put together. */
export const spaceToBatch: KernelFunc = (call) => {
  const { blockShape, paddings } = attributes<{ blockShape: number[]; paddings: [number, number][] }>(call);
  return tidy(() => {
    const x = inputOf(call);
    const rest = x.shape.slice(1 + blockShape.length).map((): [number, number] => [0, 0]);
    const wide = pad(x, [[0, 0], ...paddings, ...rest]);
    const size = util.sizeFromShape(blockShape);
    const cut = reshape(wide, backend_util.getReshaped(wide.shape, blockShape, size, false));
    const order = backend_util.getPermuted(cut.rank, blockShape.length, false);
    return reshape(transpose(cut, order), backend_util.getReshapedPermuted(wide.shape, blockShape, size, false));
  });
};

/** Moves blocks of the batch into space: cut up, turned, put together and cropped. */
export const batchToSpace: KernelFunc = (call) => {
  const { blockShape, crops } = attributes<{ blockShape: number[]; crops: number[][] }>(call);
  return tidy(() => {
    const x = inputOf(call);
    const size = util.sizeFromShape(blockShape);
    const cut = reshape(x, backend_util.getReshaped(x.shape, blockShape, size));
    const whole = backend_util.getReshapedPermuted(x.shape, blockShape, size);
    const together = reshape(transpose(cut, backend_util.getPermuted(cut.rank, blockShape.length)), whole);
    const sizes = backend_util.getSliceSize(whole, crops, blockShape.length);
    return slice(together, backend_util.getSliceBeginCoords(crops, blockShape.length), sizes);
  });
};
