import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant } from '../native/memory.js';
import { addNumber, addScaled, multiplyNumber, subtractScaled } from '../native/scalars.js';

const trunc = aten('trunc');
const negative = aten('neg');
const where = aten('where.self');
const less = aten('lt.Tensor');
const atLeast = aten('ge.Tensor');
const greater = aten('gt.Tensor');
const clamp = aten('clamp.Tensor');
const multiply = aten('mul.Tensor');

const double = (value: number): Handle => constant(value, 'float64');

/** How often `period` goes into `x`, towards zero. */
const turns = (x: Handle, period: number): Handle => trunc(multiplyNumber(x, 1 / period));

const clamped = (x: Handle, size: number): Handle => clamp(x, double(0), double(size - 1));

/** `dcba|abcd|dcba`: pixels mirrored at the edges, which are repeated. */
const reflected = (x: Handle, size: number): Handle => {
  const period = 2 * size;
  const shifted = where(less(x, double(period)), addScaled(x, turns(negative(x), period), period), x);
  const below = where(less(shifted, double(-size)), addNumber(shifted, period, 1), addNumber(negative(shifted), -1, 1));
  const rest = subtractScaled(x, turns(x, period), period);
  const above = where(atLeast(rest, double(size)), addNumber(negative(rest), period - 1, 1), rest);
  return where(less(x, double(0)), below, where(greater(x, double(size - 1)), above, x));
};

/** `abcd|abcd|abcd`: pixels repeated. As TensorFlow does it, the period is `size - 1` where turns are counted. */
const wrapped = (x: Handle, size: number): Handle => {
  const period = size - 1;
  const below = addScaled(x, addNumber(turns(negative(x), period), 1, 1), size);
  const above = subtractScaled(x, turns(x, period), size);
  return where(less(x, double(0)), below, where(greater(x, double(size - 1)), above, x));
};

/** Coordinates brought into an image of `size` pixels along one dimension; constant leaves them where they are. */
export const inside = (x: Handle, size: number, mode: 'constant' | 'reflect' | 'wrap' | 'nearest'): Handle => {
  if (mode === 'constant') return x;
  if (mode === 'nearest') return clamped(x, size);
  if (size <= 1) return multiply(clamped(x, size), double(0));
  return clamped(mode === 'reflect' ? reflected(x, size) : wrapped(x, size), size);
};
