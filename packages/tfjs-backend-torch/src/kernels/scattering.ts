import { backend_util, type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant, full } from '../native/memory.js';
import { as, numeric, summed } from './convert.js';
import { flatIndices } from './gathering.js';
import { orLast, writtenAt } from './places.js';

const reshape = aten('reshape');
const expand = aten('expand');
const scatterAdd = aten('scatter_add');
const scatter = aten('scatter.src');
const narrow = aten('narrow');
const notEqual = aten('ne.Tensor');

interface Rows {
  /** `[updates, sliceSize]` int64, the row of each value. */
  readonly index: Handle;
  /** `[updates, sliceSize]` */
  readonly values: Handle;
  readonly sliceSize: number;
}

/** Updates as rows of the flattened target. */
const rowsOf = (indices: Operand, updates: Operand, shape: number[]): Rows => {
  const info = backend_util.calculateShapes(updates as never, indices as never, shape);
  const { sliceRank, numUpdates, sliceSize, strides } = info;
  const positions = flatIndices(indices, sliceRank, strides);
  const all = [numUpdates, sliceSize];
  const values = updates.shape.length === 0 ? expand(updates.handle, all, false) : reshape(updates.handle, all);
  return { index: expand(reshape(positions, [-1, 1]), all, false), values, sliceSize };
};

/** Rows in which values have taken the place of what was there. */
const put = (rows: Handle, index: Handle, values: Handle): Handle =>
  writtenAt(rows, index, (target, places) => scatter(target, 0, places, values));

interface Counting {
  readonly size: number;
  readonly binaryOutput?: boolean;
}

/** How often, or with what weight, each number below `size` occurs in each row. */
const count = ({ x, weights }: Operands<'x' | 'weights'>, { size, binaryOutput = false }: Counting): Handle => {
  const [rows, columns] = x.shape.length === 2 ? (x.shape as [number, number]) : [1, x.shape[0]!];
  const type = weights.dtype;
  const weighted = weights.shape.some((extent) => extent === 0)
    ? full([rows, columns], 1, type)
    : reshape(weights.handle, [rows, columns]);
  const index = orLast(reshape(x.handle, [rows, columns]), size);
  const sums = narrow(scatterAdd(full([rows, size + 1], 0, type), 1, index, weighted), 1, 0, size);
  const result = binaryOutput ? as(notEqual(sums, constant(0, type)), type) : sums;
  return x.shape.length === 2 ? result : reshape(result, [size]);
};

/** Values put, or added, at given places. */
export const scattering: readonly KernelConfig[] = [
  kernel<Operands<'indices' | 'updates'>, { shape: number[] }>('ScatterNd', ({ indices, updates }, { shape }) => {
    const { index, values, sliceSize } = rowsOf(indices, { ...updates, handle: numeric(updates) }, shape);
    const empty = reshape(full(shape, 0, summed(updates)), [-1, sliceSize]);
    const sums = writtenAt(empty, index, (rows, places) => scatterAdd(rows, 0, places, values));
    return as(reshape(sums, shape), updates.dtype);
  }),
  kernel<Operands<'tensor' | 'indices' | 'updates'>>('TensorScatterUpdate', ({ tensor, indices, updates }) => {
    const { index, values, sliceSize } = rowsOf(indices, updates, tensor.shape);
    const rows = reshape(tensor.handle, [-1, sliceSize]);
    return reshape(put(rows, index, values), tensor.shape);
  }),
  kernel<Operands<'sparseIndices' | 'sparseValues' | 'defaultValue'>, { outputShape: number[] }>(
    'SparseToDense',
    ({ sparseIndices, sparseValues, defaultValue }, { outputShape }) => {
      const { index, values, sliceSize } = rowsOf(sparseIndices, sparseValues, outputShape);
      const base = reshape(expand(defaultValue.handle, outputShape, false), [-1, sliceSize]);
      return reshape(put(base, index, values), outputShape);
    },
  ),
  // Rows whose segment does not exist are left out.
  kernel<Operands<'x' | 'segmentIds'>, { numSegments: number }>(
    'UnsortedSegmentSum',
    ({ x, segmentIds }, { numSegments }) => {
      const rest = x.shape.slice(segmentIds.shape.length);
      const flat = reshape(numeric(x), [segmentIds.shape.reduce((all, size) => all * size, 1), -1]);
      const index = expand(
        reshape(orLast(segmentIds.handle, numSegments), [-1, 1]),
        x.shape.length === 0 ? [1, 1] : [-1, rest.reduce((all, size) => all * size, 1)],
        false,
      );
      const empty = full([numSegments + 1, rest.reduce((all, size) => all * size, 1)], 0, summed(x));
      return reshape(narrow(scatterAdd(empty, 0, index, flat), 0, 0, numSegments), [numSegments, ...rest]);
    },
  ),
  kernel<Operands<'x' | 'weights'>, Counting>('Bincount', ({ x, weights }, { size }) =>
    count({ x: { ...x, shape: [util.sizeFromShape(x.shape)] }, weights }, { size }),
  ),
  kernel<Operands<'x' | 'weights'>, Counting>('DenseBincount', count),
];
