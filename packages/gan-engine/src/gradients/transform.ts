import {
  add,
  broadcastTo,
  cast,
  clipByValue,
  concat,
  floor,
  gather,
  mul,
  pad,
  range,
  reshape,
  split,
  sub,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import { kernel } from '../kernels/call.js';
import { replaceGradient } from './replace-gradient.js';
import { pullback } from './shapes-of.js';

interface Projection {
  readonly interpolation: 'nearest' | 'bilinear';
  readonly fillMode: 'constant' | 'reflect' | 'wrap' | 'nearest';
  readonly fillValue: number;
  readonly outputShape?: [number, number];
}

/**
 * `image.transform` is linear in the picture. A picture whose numbers are its own coordinates, transformed, says which
 * pixels each one is mixed from. Where what lies outside is constant, that constant is a border of one pixel. With
 * respect to the transforms it has no gradient.
 */
export function registerTransformGradient(): void {
  replaceGradient('Transform', ['image', 'transforms'], (dy, [image, transforms], attributes: Projection) => ({
    image: () => pullback(() => projected(image, transforms, attributes), image, dy),
    transforms: () => {
      throw new Error('image.transform has no gradient with respect to its transforms, only to the picture');
    },
  }));
}

function projected(image: Tensor, transforms: Tensor, attributes: Projection): Tensor {
  const { fillMode, fillValue, outputShape = image.shape.slice(1, 3) } = attributes;
  if (fillMode === 'constant') {
    const bordered = pad(image, [[0, 0], [1, 1], [1, 1], [0, 0]], fillValue); // biome-ignore format: one line
    return projected(bordered, moved(transforms), {
      ...attributes,
      fillMode: 'nearest',
      outputShape: outputShape as Pair,
    });
  }
  const [batch, height, width, channels] = image.shape as [number, number, number, number];
  const coordinates = (ramp: Tensor) => {
    const picture = broadcastTo(ramp, [batch, height, width, 1]);
    return reshape(kernel('Transform', { image: picture, transforms }, attributes), [-1, 1]);
  };
  const rows = coordinates(reshape(range(0, height, 1, 'float32'), [1, height, 1, 1]));
  const columns = coordinates(reshape(range(0, width, 1, 'float32'), [1, 1, width, 1]));
  const starts = reshape(range(0, batch * height * width, height * width, 'float32'), [batch, 1]);
  const first = reshape(broadcastTo(starts, [batch, rows.shape[0]! / batch]), [-1, 1]);
  const flat = reshape(image, [batch * height * width, channels]);
  const [row, column] = [floor(rows), floor(columns)];
  const corner = (down: number, across: number) => {
    const at = (from: Tensor, step: number, size: number) => clipByValue(add(from, step), 0, size - 1);
    const index = add(first, add(mul(at(row, down, height), width), at(column, across, width)));
    const share = (place: Tensor, from: Tensor, step: number) =>
      step === 0 ? sub(add(from, 1), place) : sub(place, from);
    const weight = mul(share(rows, row, down), share(columns, column, across));
    return mul(gather(flat, reshape(cast(index, 'int32'), [-1]) as Tensor1D), weight);
  };
  const mixed = add(add(corner(0, 0), corner(0, 1)), add(corner(1, 0), corner(1, 1)));
  return reshape(mixed, [batch, ...outputShape, channels]);
}

type Pair = [number, number];

/** For the same picture with a border of one pixel: one is added to both coordinates, after the division. */
function moved(transforms: Tensor): Tensor {
  const [a, b, c, d, e, f, g, h] = split(transforms, 8, 1) as Tensor[];
  return concat([add(a!, g!), add(b!, h!), add(c!, 1), add(d!, g!), add(e!, h!), add(f!, 1), g!, h!], 1);
}
