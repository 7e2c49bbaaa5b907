import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { shapeOf } from '../native/inspect.js';
import { constant, upload } from '../native/memory.js';
import { addNumber, addScaled, subtractScaled } from '../native/scalars.js';
import { as, withoutNan } from './convert.js';

const floor = aten('floor');
const reshape = aten('reshape');
const indexSelect = aten('index_select');
const multiply = aten('mul.Tensor');
const clamp = aten('clamp.Tensor');
const where = aten('where.self');
const and = aten('logical_and');
const atLeast = aten('ge.Tensor');
const atMost = aten('le.Tensor');
const unsqueeze = aten('unsqueeze');

/** Points in images, each tensor float64 and of a shape that broadcasts to `[batch, rows, columns]`. */
export interface Points {
  /** Which image. */
  readonly image: Handle;
  /** Rows and columns, in pixels. */
  readonly y: Handle;
  readonly x: Handle;
}

/** Images `[batch, height, width, channels]` to be read at points. */
export interface Images {
  readonly handle: Handle;
  readonly shape: readonly [batch: number, height: number, width: number, channels: number];
}

const double = (value: number): Handle => constant(value, 'float64');

/** `0, 1, ..., count - 1` in float64, in a given shape. */
export const counted = (count: number, shape: readonly number[]): Handle =>
  upload(
    Float64Array.from({ length: count }, (_, index) => index),
    shape,
    'float64',
  );

/** Whether points lie between the centres of the first and the last pixel. */
export const within = ({ y, x }: Omit<Points, 'image'>, { shape: [, height, width] }: Images): Handle => {
  const between = (at: Handle, last: number) => and(atLeast(at, double(0)), atMost(at, double(last)));
  return and(between(y, height - 1), between(x, width - 1));
};

/** `[batch, rows, columns]` for every channel. */
export const everyChannel = (of: Handle): Handle => unsqueeze(of, -1);

/** The pixels at whole points, `[batch, rows, columns, channels]`; `fill` where there is none. */
const pixels = ({ image, y, x }: Points, images: Images, fill: Handle): Handle => {
  const { handle, shape } = images;
  const [batch, height, width, channels] = shape;
  const clamped = (at: Handle, size: number) => clamp(withoutNan(at, 0), double(0), double(size - 1));
  const row = addScaled(multiply(clamped(image, batch), double(height)), clamped(y, height), 1);
  const place = as(addScaled(multiply(row, double(width)), clamped(x, width), 1), 'int64');
  const read = indexSelect(reshape(handle, [batch * height * width, channels]), 0, reshape(place, [-1]));
  const inside = within({ y, x }, images);
  return where(everyChannel(inside), reshape(read, [...shapeOf(place), channels]), fill);
};

/** To the nearest whole number, halves up. Adding a half first would round 0.5 - 2^-54 up as well. */
const rounded = (at: Handle): Handle => {
  const low = floor(at);
  return addScaled(low, as(atLeast(subtractScaled(at, low, 1), double(0.5)), 'float64'), 1);
};

/** The pixel nearest to each point; halves go up. */
export const nearest = ({ image, y, x }: Points, images: Images, fill: Handle): Handle =>
  pixels({ image, y: rounded(y), x: rounded(x) }, images, fill);

/** The four pixels around each point, weighted by how near they are. */
export const bilinear = ({ image, y, x }: Points, images: Images, fill: Handle): Handle => {
  const [top, left] = [floor(y), floor(x)];
  const share = (at: Handle, low: Handle): readonly [Handle, Handle] => {
    const above = subtractScaled(at, low, 1);
    const pair = [subtractScaled(double(1), above, 1), above] as const;
    return [everyChannel(as(pair[0], 'float32')), everyChannel(as(pair[1], 'float32'))];
  };
  const [rows, columns] = [share(y, top), share(x, left)];
  const row = (at: Handle): Handle => {
    const [first, second] = [left, addNumber(left, 1, 1)].map((column) =>
      as(pixels({ image, y: at, x: column }, images, fill), 'float32'),
    );
    return addScaled(multiply(first!, columns[0]), multiply(second!, columns[1]), 1);
  };
  return addScaled(multiply(row(top), rows[0]), multiply(row(addNumber(top, 1, 1)), rows[1]), 1);
};
