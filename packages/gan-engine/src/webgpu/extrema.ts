import {
  cast,
  equal,
  isNaN as isNotANumber,
  type KernelFunc,
  max,
  min,
  range,
  reshape,
  tidy,
  util,
  where,
} from '@tensorflow/tfjs-core';
import { attributes, inputOf } from '../kernels/call.js';

/**
 * The first place along an axis of the greatest or the smallest number, NaN apart. The backend's own takes any place of
 * several, and gives that of a vector as a list of one.
 */
export const placeOf =
  (kind: 'max' | 'min'): KernelFunc =>
  (call) =>
    tidy(() => {
      const given = inputOf(call);
      const [axis = 0] = util.parseAxisParam(attributes<{ axis: number }>(call).axis, given.shape);
      const [extremum, least] = kind === 'max' ? [max, Number.NEGATIVE_INFINITY] : [min, Number.POSITIVE_INFINITY];
      const x = given.dtype === 'float32' ? where(isNotANumber(given), least, given) : given;
      const count = x.shape[axis]!;
      const places = reshape(
        range(0, count),
        x.shape.map((size, i) => (i === axis ? size : 1)),
      );
      return cast(min(where(equal(x, extremum(x, axis, true)), places, count), axis), 'int32');
    });
