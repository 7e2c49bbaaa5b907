import {
  abs,
  add,
  cast,
  div,
  equal,
  floor,
  gather,
  greaterEqual,
  lessEqual,
  logicalAnd,
  matMul,
  maximum,
  mul,
  range,
  relu,
  reshape,
  split,
  sub,
  type Tensor,
  type Tensor1D,
  transpose,
} from '@tensorflow/tfjs-core';
import { kernel } from '../kernels/call.js';
import { replaceGradient } from './replace-gradient.js';
import { float, pullback, zerosOf } from './shapes-of.js';

interface Crop {
  readonly cropSize: [number, number];
  readonly method: 'bilinear' | 'nearest';
}

/** Cuts and turns, which TensorFlow.js cannot differentiate. */
export function registerImageGradients(): void {
  replaceGradient('CropAndResize', ['image', 'boxes', 'boxInd'], (dy, [image, boxes, boxInd], attributes: Crop) => ({
    image: () => pullback(() => crops(image, boxes, boxInd, attributes), image, dy),
    boxes: () => pullback(() => crops(image, boxes, boxInd, attributes), boxes, dy),
    boxInd: () => zerosOf(boxInd),
  }));

  // Turned, a picture of the numbers of its pixels says which one each pixel is taken from.
  replaceGradient('RotateWithOffset', ['image'], (dy, [image], attributes: object) => ({
    image: () => {
      const [batch, height, width, channels] = image.shape as [number, number, number, number];
      const numbers = reshape(range(0, height * width, 1, 'float32'), [1, height, width, 1]);
      const turned = kernel('RotateWithOffset', { image: numbers }, { ...attributes, fillValue: -1 });
      const source = reshape(turned, [-1]) as Tensor1D;
      const inside = reshape(float(greaterEqual(source, 0)), [-1, 1]);
      const pixels = cast(maximum(source, 0), 'int32') as Tensor1D;
      const taken = () => mul(gather(reshape(image, [batch, height * width, channels]), pixels, 1), inside);
      return pullback(() => reshape(taken(), dy.shape), image, dy);
    },
  }));
}

/** The parts of pictures that lie inside: weights of the rows, times the picture, times weights of the columns. */
function crops(image: Tensor, boxes: Tensor, boxInd: Tensor, { cropSize, method }: Crop): Tensor {
  const [, height, width, channels] = image.shape as [number, number, number, number];
  const [top, left, bottom, right] = split(boxes, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
  const count = boxes.shape[0]!;
  const [newHeight, newWidth] = cropSize;
  const pictures = reshape(gather(image, boxInd as Tensor1D), [count, height, width * channels]);
  const rows = matMul(weights(top, bottom, newHeight, height, method), pictures);
  const turned = transpose(reshape(rows, [count, newHeight, width, channels]), [0, 2, 1, 3]);
  const columns = matMul(
    weights(left, right, newWidth, width, method),
    reshape(turned, [count, width, newHeight * channels]),
  );
  return transpose(reshape(columns, [count, newWidth, newHeight, channels]), [0, 2, 1, 3]);
}

/** How much each of `size` pixels counts at each of `count` places from `low` to `high`: `[boxes, count, size]`. */
function weights(low: Tensor, high: Tensor, count: number, size: number, method: Crop['method']): Tensor {
  const share = count > 1 ? div(range(0, count, 1, 'float32'), count - 1) : 0.5;
  const places = reshape(mul(size - 1, add(low, mul(sub(high, low), share))), [-1, count, 1]);
  const pixels = range(0, size, 1, 'float32');
  const near =
    method === 'bilinear' ? relu(sub(1, abs(sub(places, pixels)))) : float(equal(floor(add(places, 0.5)), pixels));
  return mul(near, float(logicalAnd(greaterEqual(places, 0), lessEqual(places, size - 1))));
}
