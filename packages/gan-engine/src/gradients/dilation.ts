import { add, backend_util, maximum, pad, slice, stridedSlice, type Tensor } from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';
import { pullback } from './shapes-of.js';

interface Dilation {
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number;
  readonly dilations: number | [number, number];
}

/** Less than any picture's numbers, as in the kernel. */
const OUTSIDE = Number.MIN_SAFE_INTEGER;

/**
 * Morphological dilation, y = max over the window of x + filter. The stock gradient is made of kernels that not every
 * engine has and that cannot be differentiated again; of equal sums the first one, by rows, has the gradient.
 */
export function registerDilationGradient(): void {
  replaceGradient('Dilation2D', ['x', 'filter'], (dy, [x, filter], attributes: Dilation) => ({
    x: () => pullback(() => dilation(x, filter, attributes), x, dy),
    filter: () => pullback(() => dilation(x, filter, attributes), filter, dy),
  }));
}

function dilation(x: Tensor, filter: Tensor, { strides, pad: pads, dilations }: Dilation): Tensor {
  const shape = x.shape as [number, number, number, number];
  const info = backend_util.computeDilation2DInfo(shape, filter.shape as Triple, strides, pads, 'NHWC', dilations);
  const { top, bottom, left, right } = info.padInfo;
  const padded = pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]], OUTSIDE); // biome-ignore format: one line a dimension
  const steps = [1, info.strideHeight, info.strideWidth, 1];
  const sums: Tensor[] = [];
  for (let row = 0; row < info.filterHeight; row++)
    for (let column = 0; column < info.filterWidth; column++) {
      const [y0, x0] = [row * info.dilationHeight, column * info.dilationWidth];
      const [y1, x1] = [(info.outHeight - 1) * info.strideHeight, (info.outWidth - 1) * info.strideWidth];
      const end = [shape[0], y0 + y1 + 1, x0 + x1 + 1, shape[3]];
      sums.push(add(stridedSlice(padded, [0, y0, x0, 0], end, steps), slice(filter, [row, column, 0], [1, 1, -1])));
    }
  return sums.reduce((a, b) => maximum(a, b));
}

type Triple = [number, number, number];
