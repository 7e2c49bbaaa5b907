import { aten } from '../native/call.js';
import { deviceInUse } from '../native/device.js';
import type { Handle } from '../native/handle.js';
import { elementType, shapeOf } from '../native/inspect.js';
import { constant, full } from '../native/memory.js';
import { as } from './convert.js';

const indexSelect = aten('index_select');
const reshape = aten('reshape');
const where = aten('where.self');
const clamp = aten('clamp.Tensor');
const and = aten('logical_and');
const atLeast = aten('ge.Tensor');
const less = aten('lt.Tensor');
const minimum = aten('minimum');
const narrow = aten('narrow');
const padded = aten('pad');

/**
 * Places that come from a user may lie outside. The processor refuses them. A graphics processor notices too late, and is
 * then of no more use to the process: there such a place reads zero and is not written to, as TensorFlow has it.
 */
const mayFail = (): boolean => deviceInUse() === 'cpu';

const whole = (value: number): Handle => constant(value, 'int64');

/** What is read at places in `[0, count)`, and zero at others; `places` broadcast to it. */
export const zeroOutside = (places: Handle, count: number, read: (places: Handle) => Handle): Handle => {
  const found = read(clamp(places, whole(0), whole(Math.max(0, count - 1))));
  const inside = and(atLeast(places, whole(0)), less(places, whole(count)));
  return where(inside, found, constant(0, elementType(found)!));
};

/** The slices of `x` along an axis at places, int64 and one-dimensional. */
export const slicesAt = (x: Handle, axis: number, places: Handle, safe = !mayFail()): Handle => {
  if (!safe) return indexSelect(x, axis, places);
  const shape = shapeOf(x);
  const size = shapeOf(places)[0]!;
  if (shape[axis] === 0)
    return full(
      shape.map((extent, at) => (at === axis ? size : extent)),
      0,
      elementType(x)!,
    );
  const column = reshape(
    places,
    shape.map((_, at) => (at === axis ? size : 1)),
  );
  return zeroOutside(column, shape[axis]!, (inside) => indexSelect(x, axis, reshape(inside, [-1])));
};

/** What `read` finds at places in `[0, count)`. */
export const readAt = (places: Handle, count: number, read: (places: Handle) => Handle): Handle =>
  mayFail() ? read(places) : zeroOutside(places, count, read);

/** Sends what lies outside `[0, count)` to an extra place at the end, as int64. */
export const orLast = (places: Handle, count: number): Handle => {
  const index = as(places, 'int64');
  return where(less(index, whole(0)), whole(count), minimum(index, whole(count)));
};

/** What `put` makes of rows `[rows, width]` at places `[updates, width]`, int64. */
export const writtenAt = (
  rows: Handle,
  places: Handle,
  put: (rows: Handle, places: Handle) => Handle,
  safe = !mayFail(),
): Handle => {
  if (!safe) return put(rows, places);
  const count = shapeOf(rows)[0]!;
  return narrow(put(padded(rows, [0, 0, 0, 1], 'constant', 0), orLast(places, count)), 0, 0, count);
};
