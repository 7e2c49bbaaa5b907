import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { upload } from '../native/memory.js';
import { as, real } from './convert.js';
import { channelsFirst, channelsLast } from './layout.js';

interface Resizing {
  readonly size: readonly [height: number, width: number];
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

type Kind = 'bilinear' | 'nearest';
type Image = [batch: number, height: number, width: number, channels: number];

const matmul = aten('matmul');
const transpose = aten('transpose.int');
const reshape = aten('reshape');
const bilinear = aten('upsample_bilinear2d');
const bilinearBackward = aten('upsample_bilinear2d_backward');
const nearest = aten('upsample_nearest2d');
const nearestBackward = aten('upsample_nearest2d_backward');

/** Which input a place of the output takes, and in what shares. */
const shares = (
  at: number,
  [from, to]: [number, number],
  kind: Kind,
  { alignCorners, halfPixelCenters }: Resizing,
): [number, number][] => {
  const ratio = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  if (kind === 'nearest') {
    const source = ratio * (halfPixelCenters ? at + 0.5 : at);
    return [[Math.min(from - 1, alignCorners ? Math.round(source) : Math.floor(source)), 1]];
  }
  const source = halfPixelCenters ? ratio * (at + 0.5) - 0.5 : ratio * at;
  const low = Math.max(0, Math.floor(source));
  const fraction = source - low;
  return [
    [low, 1 - fraction],
    [Math.min(from - 1, Math.ceil(source)), fraction],
  ];
};

/** The resizing of one dimension as a matrix `[to, from]`. */
const matrix = (from: number, to: number, kind: Kind, attributes: Resizing): Handle => {
  const values = new Float64Array(to * from);
  for (let at = 0; at < to; at++)
    for (const [source, share] of shares(at, [from, to], kind, attributes)) values[at * from + source]! += share;
  return as(upload(values, [to, from], 'float64'), 'float32');
};

/** Resizes rows and columns by matrices: any option, and its gradient is the transposed one. */
const byMatrices = (
  x: Handle,
  [batch, height, width, channels]: Image,
  rows: Handle,
  columns: Handle,
  [to, across]: readonly [number, number],
): Handle => {
  const tall = matmul(rows, reshape(x, [batch, height, width * channels]));
  return reshape(matmul(columns, reshape(tall, [batch * to, width, channels])), [batch, to, across, channels]);
};

/** Whether libtorch has the very same resizing: corners aligned, centres at half pixels, or copies in equal numbers. */
const isNative = (
  kind: Kind,
  [, height, width]: Image,
  { size: [to, across], alignCorners, halfPixelCenters }: Resizing,
): boolean =>
  kind === 'bilinear' ? alignCorners !== halfPixelCenters : !alignCorners && to % height === 0 && across % width === 0;

const resize =
  (kind: Kind) =>
  ({ images }: Operands<'images'>, attributes: Resizing): Handle => {
    const { size, alignCorners } = attributes;
    const shape = images.shape as Image;
    if (isNative(kind, shape, attributes)) {
      const image = channelsFirst(real(images), 'NHWC');
      const out =
        kind === 'bilinear' ? bilinear(image, size, alignCorners, null, null) : nearest(image, size, null, null);
      return channelsLast(out, 'NHWC');
    }
    const [rows, columns] = [matrix(shape[1], size[0], kind, attributes), matrix(shape[2], size[1], kind, attributes)];
    return byMatrices(real(images), shape, rows, columns, size);
  };

const resizeGradient =
  (kind: Kind) =>
  ({ dy, images }: Operands<'dy' | 'images'>, given: Resizing): Handle => {
    const [batch, height, width, channels] = images.shape as Image;
    const upstream = dy.shape as Image;
    const attributes = { ...given, size: [upstream[1], upstream[2]] as const };
    if (isNative(kind, images.shape as Image, attributes)) {
      const [image, from] = [channelsFirst(real(dy), 'NHWC'), [batch, channels, height, width]];
      const { size, alignCorners } = attributes;
      const out =
        kind === 'bilinear'
          ? bilinearBackward(image, size, from, alignCorners, null, null)
          : nearestBackward(image, size, from, null, null);
      return channelsLast(out, 'NHWC');
    }
    const rows = transpose(matrix(height, upstream[1], kind, attributes), 0, 1);
    const columns = transpose(matrix(width, upstream[2], kind, attributes), 0, 1);
    return byMatrices(real(dy), upstream, rows, columns, [height, width]);
  };

/** Images of another size, and the gradients. */
export const resizing: readonly KernelConfig[] = [
  kernel<Operands<'images'>, Resizing>('ResizeBilinear', resize('bilinear')),
  kernel<Operands<'dy' | 'images'>, Resizing>('ResizeBilinearGrad', resizeGradient('bilinear')),
  kernel<Operands<'images'>, Resizing>('ResizeNearestNeighbor', ({ images }, attributes) =>
    as(resize('nearest')({ images }, attributes), images.dtype),
  ),
  kernel<Operands<'dy' | 'images'>, Resizing>('ResizeNearestNeighborGrad', resizeGradient('nearest')),
];
