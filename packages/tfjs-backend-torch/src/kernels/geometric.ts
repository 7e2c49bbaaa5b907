import { backend_util, type KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant, full, upload } from '../native/memory.js';
import { addScaled, multiplyNumber, subtractScaled } from '../native/scalars.js';
import { as, real, whole } from './convert.js';
import { bilinear, counted, everyChannel, type Images, nearest, within } from './sampling.js';
import { inside } from './transform-coordinates.js';

const reshape = aten('reshape');
const select = aten('select.int');
const multiply = aten('mul.Tensor');
const divide = aten('div.Tensor');
const where = aten('where.self');
const equal = aten('eq.Tensor');
const less = aten('lt.Tensor');
const expand = aten('expand');

type Fill = number | [number, number, number];

const imagesOf = (handle: Handle, shape: number[]): Images => ({ handle, shape: shape as unknown as Images['shape'] });

/** One column of a `[n, m]` matrix as float64 `[n, 1, 1]`. */
const column = (of: Handle, index: number): Handle => reshape(as(select(of, 1, index), 'float64'), [-1, 1, 1]);

/** The rows, or columns, that a box between `low` and `high`, in parts of the image, is read at: `count` of them, ends included. */
const along = (low: Handle, high: Handle, [size, count]: readonly [number, number], shape: number[]): Handle => {
  if (count === 1) return multiplyNumber(addScaled(low, high, 1), 0.5 * (size - 1));
  const step = multiplyNumber(subtractScaled(high, low, 1), (size - 1) / (count - 1));
  return addScaled(multiplyNumber(low, size - 1), multiply(counted(count, shape), step), 1);
};

interface Cropping {
  readonly cropSize: [number, number];
  readonly method: 'bilinear' | 'nearest';
  readonly extrapolationValue: number;
}

interface Transformation {
  readonly interpolation: 'nearest' | 'bilinear';
  readonly fillMode: 'constant' | 'reflect' | 'wrap' | 'nearest';
  readonly fillValue: number;
  readonly outputShape?: [number, number] | null;
}

/** Images read at other places than their own pixels. */
export const geometric: readonly KernelConfig[] = [
  // Boxes [y1, x1, y2, x2]; one of an image that does not exist gives zeros.
  kernel<Operands<'image' | 'boxes' | 'boxInd'>, Cropping>(
    'CropAndResize',
    ({ image, boxes, boxInd }, { cropSize: [rows, columns], method, extrapolationValue }) => {
      const images = imagesOf(real(image), image.shape);
      const [batch, height, width] = images.shape;
      const [y1, x1, y2, x2] = [0, 1, 2, 3].map((index) => column(boxes.handle, index)) as [
        Handle,
        Handle,
        Handle,
        Handle,
      ];
      const y = along(y1, y2, [height, rows], [1, rows, 1]);
      const x = along(x1, x2, [width, columns], [1, 1, columns]);
      const points = { image: reshape(as(boxInd.handle, 'float64'), [-1, 1, 1]), y, x };
      const outside = constant(extrapolationValue, 'float32');
      const read = (method === 'bilinear' ? bilinear : nearest)(points, images, outside);
      const known = where(everyChannel(within(points, images)), read, outside);
      return where(everyChannel(less(points.image, constant(batch, 'float64'))), known, constant(0, 'float32'));
    },
  ),
  // Clockwise about a centre in parts of the image; halves go up.
  kernel<Operands<'image'>, { radians: number; fillValue: Fill; center: number | [number, number] }>(
    'RotateWithOffset',
    ({ image }, { radians, fillValue, center }) => {
      const images = imagesOf(as(image.handle, 'float32'), image.shape);
      const [batch, height, width, channels] = images.shape;
      const [centreX, centreY] = backend_util.getImageCenter(center, height, width);
      const [sine, cosine] = [Math.sin(radians), Math.cos(radians)];
      const offset = (count: number, centre: number, shape: number[]): Handle =>
        upload(
          Float64Array.from({ length: count }, (_, index) => index - centre),
          shape,
          'float64',
        );
      const [right, down] = [offset(width, centreX, [1, 1, width]), offset(height, centreY, [1, height, 1])];
      const centred = (turned: Handle, centre: number) => addScaled(turned, constant(centre, 'float64'), 1);
      const x = centred(subtractScaled(multiplyNumber(right, cosine), multiplyNumber(down, sine), 1), centreX);
      const y = centred(addScaled(multiplyNumber(right, sine), multiplyNumber(down, cosine), 1), centreY);
      const colours = typeof fillValue === 'number' ? [fillValue] : [...fillValue, 255].slice(0, channels);
      const fill = upload(Float32Array.from(colours), [colours.length], 'float32');
      const read = nearest({ image: counted(batch, [batch, 1, 1]), y, x }, images, fill);
      return image.dtype === 'float32' ? read : as(whole(as(read, 'float64')), image.dtype);
    },
  ),
  // (x, y) is read at ((a x + b y + c) / k, (d x + e y + f) / k), k = g x + h y + 1, of [a, b, c, d, e, f, g, h].
  kernel<Operands<'image' | 'transforms'>, Transformation>(
    'Transform',
    ({ image, transforms }, { interpolation, fillMode, fillValue, outputShape }) => {
      const images = imagesOf(as(image.handle, 'float32'), image.shape);
      const [batch, height, width] = images.shape;
      const [rows, columns] = outputShape ?? [height, width];
      const matrix = expand(transforms.handle, [batch, 8], false);
      const [right, down] = [counted(columns, [1, 1, columns]), counted(rows, [1, rows, 1])];
      const linear = (a: number, b: number, c: Handle): Handle =>
        addScaled(addScaled(multiply(column(matrix, a), right), multiply(column(matrix, b), down), 1), c, 1);
      const scale = linear(6, 7, constant(1, 'float64'));
      const points = {
        image: counted(batch, [batch, 1, 1]),
        x: inside(divide(linear(0, 1, column(matrix, 2)), scale), width, fillMode),
        y: inside(divide(linear(3, 4, column(matrix, 5)), scale), height, fillMode),
      };
      const fill = constant(fillValue, 'float32');
      const read = (interpolation === 'nearest' ? nearest : bilinear)(points, images, fill);
      // A point infinitely far away has no pixel in any mode.
      const far = everyChannel(equal(scale, constant(0, 'float64')));
      const known = where(far, full([1], fillValue, 'float32'), read);
      return image.dtype === 'float32' ? known : as(whole(as(known, 'float64')), image.dtype);
    },
  ),
];
