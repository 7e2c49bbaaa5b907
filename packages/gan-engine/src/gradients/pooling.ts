import {
  add,
  avgPool,
  backend_util,
  equal,
  logicalAnd,
  logicalNot,
  logicalOr,
  mul,
  pad,
  slice,
  stridedSlice,
  type Tensor,
  type Tensor4D,
  tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';
import { kernel, zerosOf } from './shapes-of.js';

interface Pooling {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: backend_util.ExplicitPadding | number | 'same' | 'valid';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * Average and maximum pooling, to any order. The stock gradient of the average divides by the whole window where the
 * average itself divides by the part of it that lies inside the image, and neither can be differentiated again.
 */
export function registerPoolingGradients(): void {
  replaceGradient('AvgPool', ['x'], (dy, [x], attributes: Pooling) => ({
    x: () => {
      const { info, before, after } = windowsOf(x, attributes);
      const { filterSize, strides } = attributes;
      const valid = { filterSize, strides, pad: 'valid' };
      const padded = before.some(Boolean) || after.some(Boolean);
      if (!padded) return kernel('AvgPoolGrad', { dy, input: x }, valid);
      const whole = kernel('AvgPoolGrad', { dy: mul(dy, shares(info)), input: padded4(x, before, after, 0) }, valid);
      return slice(whole, before, x.shape);
    },
  }));
  replaceGradient('AvgPoolGrad', ['input'], (ddx, [input], { filterSize, strides }: Pooling) => ({
    dy: () => avgPool(ddx as Tensor4D, filterSize, strides, 'valid'),
    input: () => zerosOf(input),
  }));
  // Of several equal maxima the first one, by rows, has the gradient.
  replaceGradient('MaxPoolGrad', ['dy', 'input', 'output'], (ddx, [dy, input, output], attributes: Pooling) => ({
    dy: () => atMaxima(ddx, input, output, attributes),
    input: () => zerosOf(input),
    output: () => zerosOf(dy),
  }));
}

/** Where the windows lie, and the padding that makes every one of them fit. */
function windowsOf(x: Tensor, { filterSize, strides, pad, dimRoundingMode }: Pooling) {
  const info = backend_util.computePool2DInfo(x.shape as Shape, filterSize, strides, 1, pad, dimRoundingMode);
  const { top, left } = info.padInfo;
  const missing = (outputs: number, stride: number, filter: number, size: number, start: number) =>
    Math.max(0, (outputs - 1) * stride + filter - size - start);
  const bottom = missing(info.outHeight, info.strideHeight, info.filterHeight, info.inHeight, top);
  const right = missing(info.outWidth, info.strideWidth, info.filterWidth, info.inWidth, left);
  return { info, before: [0, top, left, 0], after: [0, bottom, right, 0] };
}

type Shape = [number, number, number, number];
const padded4 = (x: Tensor, before: number[], after: number[], value: number) =>
  pad(
    x,
    before.map((start, i) => [start, after[i]!] as [number, number]),
    value,
  );

/** By how much each window is larger than the part of it inside the image: `[1, outHeight, outWidth, 1]`. */
function shares(info: backend_util.Conv2DInfo): Tensor {
  const inside = (i: number, stride: number, filter: number, size: number, start: number) =>
    Math.min(size, i * stride - start + filter) - Math.max(0, i * stride - start);
  const values: number[] = [];
  for (let row = 0; row < info.outHeight; row++)
    for (let column = 0; column < info.outWidth; column++)
      values.push(
        (info.filterHeight * info.filterWidth) /
          (inside(row, info.strideHeight, info.filterHeight, info.inHeight, info.padInfo.top) *
            inside(column, info.strideWidth, info.filterWidth, info.inWidth, info.padInfo.left)),
      );
  return tensor(values, [1, info.outHeight, info.outWidth, 1]);
}

/** Takes `values` where `input` has the maximum of its window. */
function atMaxima(values: Tensor, input: Tensor, output: Tensor, attributes: Pooling): Tensor {
  const { info, before, after } = windowsOf(input, attributes);
  const x = padded4(input, before, after, Number.NEGATIVE_INFINITY);
  const v = padded4(values, before, after, 0);
  const strides = [1, info.strideHeight, info.strideWidth, 1];
  let found: Tensor | undefined;
  let sum = zerosLike(output);
  for (let row = 0; row < info.filterHeight; row++)
    for (let column = 0; column < info.filterWidth; column++) {
      const end = [
        x.shape[0]!,
        row + (info.outHeight - 1) * info.strideHeight + 1,
        column + (info.outWidth - 1) * info.strideWidth + 1,
        x.shape[3]!,
      ];
      const at = (t: Tensor) => stridedSlice(t, [0, row, column, 0], end, strides);
      const hit = equal(at(x), output);
      const first = found ? logicalAnd(hit, logicalNot(found)) : hit;
      found = found ? logicalOr(found, hit) : hit;
      sum = add(sum, where(first, at(v), zerosLike(output)));
    }
  return sum;
}
