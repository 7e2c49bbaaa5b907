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

type Read = (x: Handle, places: Handle) => Handle;

/** What `read` finds in `x` at places along an axis, and zero at those that are outside it; `places` broadcast to that. */
export const zeroOutside = (x: Handle, axis: number, places: Handle, read: Read): Handle => {
  const shape = shapeOf(x);
  const count = shape[axis]!;
  // Where there is nothing, no place can be looked at: one is made.
  const some = count > 0 ? x : full(shape.with(axis, 1), 0, elementType(x)!);
  const found = read(some, clamp(places, whole(0), whole(Math.max(0, count - 1))));
  const inside = and(atLeast(places, whole(0)), less(places, whole(count)));
  return where(inside, found, constant(0, elementType(found)!));
};

/** What `read` finds in `x` at places along an axis; `places` broadcast to that. */
export const readAt = (x: Handle, axis: number, places: Handle, read: Read): Handle =>
  mayFail() ? read(x, places) : zeroOutside(x, axis, places, read);

/** The slices of `x` along an axis at places, int64 and one-dimensional. */
export const slicesAt = (x: Handle, axis: number, places: Handle, safe = !mayFail()): Handle => {
  if (!safe) return indexSelect(x, axis, places);
  const column = reshape(
    places,
    shapeOf(x).map((_, at) => (at === axis ? -1 : 1)),
  );
  return zeroOutside(x, axis, column, (some, inside) => indexSelect(some, axis, reshape(inside, [-1])));
};

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
