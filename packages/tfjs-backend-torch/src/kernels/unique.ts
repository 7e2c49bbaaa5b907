import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { shapeOf } from '../native/inspect.js';
import { full, upload } from '../native/memory.js';
import { as, withoutNan } from './convert.js';

const unique = aten('unique_dim');
const smallestAt = aten('scatter_reduce.two');
const order = aten('argsort.stable');
const indexSelect = aten('index_select');
const narrow = aten('narrow');
const stack = aten('stack');
const isNan = aten('isnan');

/** What is compared: NaN, to which JavaScript gives one name, is equal to itself. */
const key = ({ handle, dtype }: Operand): Handle =>
  dtype === 'float32' ? stack([withoutNan(handle, 0), as(isNan(handle), 'float32')], -1) : handle;

/** Slices along an axis without repetitions, in the order of their first occurrence, and which of them each slice is. */
export const distinct: KernelConfig = kernel<Operands<'x'>, { axis?: number }>('Unique', ({ x }, { axis = 0 }) => {
  const [dimension = 0] = util.parseAxisParam(axis, x.shape);
  const count = x.shape[dimension]!;
  // Slices of nothing are all equal.
  if (util.sizeFromShape(x.shape) === 0)
    return [narrow(x.handle, dimension, 0, Math.min(count, 1)), full([count], 0, 'int32')];
  const [values, sortedIndices] = unique(key(x), dimension, true, true, false);
  const places = upload(
    BigInt64Array.from({ length: count }, (_, index) => BigInt(index)),
    [count],
    'int64',
  );
  const unseen = full([shapeOf(values)[dimension]!], count, 'int64');
  const first = smallestAt(unseen, 0, sortedIndices, places, 'amin', true);
  const byOccurrence = order(first, true, 0, false);
  return [
    indexSelect(x.handle, dimension, indexSelect(first, 0, byOccurrence)),
    as(indexSelect(order(byOccurrence, true, 0, false), 0, sortedIndices), 'int32'),
  ];
});
