import { backend_util, type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant, download, full, upload } from '../native/memory.js';
import { as, whole } from './convert.js';
import { slicesAt } from './places.js';

const reshape = aten('reshape');
const expand = aten('expand');
const stack = aten('stack');
const scatterAdd = aten('scatter_add');
const divide = aten('div.Tensor');
const quotient = aten('div.Tensor_mode');
const remainder = aten('remainder.Tensor');
const maximum = aten('maximum');
const multiply = aten('mul.Tensor');
const total = aten('sum.dim_IntList');

/** The few numbers that describe a shape or segments, on the host. */
const numbers = (of: Operand): number[] => Array.from(download(as(of.handle, 'int32'), 'int32'));

/** The shape that `target`, in which one size may be -1, means for as many elements as `from` has. */
const shapeFor = (from: number[], target: readonly number[]): number[] => {
  const size = util.sizeFromShape(from);
  const open = target.indexOf(-1);
  target.forEach((extent, axis) => {
    if (extent === -1 && axis !== open)
      throw new Error(backend_util.getSparseReshapeMultipleNegativeOneOutputDimErrorMessage(open, axis));
    if (extent < -1) throw new Error(backend_util.getSparseReshapeNegativeOutputDimErrorMessage(axis, extent));
  });
  const known = target.map((extent) => (extent === -1 ? 1 : extent));
  const product = util.sizeFromShape(known);
  if (open >= 0 && product === 0) throw new Error(backend_util.getSparseReshapeEmptyTensorZeroOutputDimErrorMessage());
  if (open >= 0 && size % product !== 0)
    throw new Error(backend_util.getSparseReshapeInputOutputMultipleErrorMessage(from, known));
  const shape = known.map((extent, axis) => (axis === open ? size / product : extent));
  if (util.sizeFromShape(shape) !== size)
    throw new Error(backend_util.getSparseReshapeInputOutputMismatchErrorMessage(from, shape));
  return shape;
};

/** How far apart neighbours along each dimension lie. */
const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => util.sizeFromShape(shape.slice(axis + 1)));

const assertVector = (name: string, { shape }: Operand): void =>
  util.assert(shape.length === 1, () => `${name} should be a vector but received shape ${shape}`);

/** Indices into rows and the segments they belong to, as TensorFlow.js checks them. @returns the number of segments. */
const segmentsOf = (rows: number, indices: readonly number[], segments: readonly number[]): number => {
  const count = segments.length === 0 ? 0 : segments.at(-1)! + 1;
  if (count < 0 || (segments.length > 0 && count === 0))
    throw new Error(backend_util.getSparseSegmentReductionNegativeSegmentIdsErrorMessage());
  segments.forEach((segment, place) => {
    if (place > 0 && segment < segments[place - 1]!)
      throw new Error(backend_util.getSparseSegmentReductionNonIncreasingSegmentIdsErrorMessage());
    if (segment < 0 || segment >= count)
      throw new Error(backend_util.getSparseSegmentReductionSegmentIdOutOfRangeErrorMessage(segment, count));
    const index = indices[place]!;
    if (index < 0 || index >= rows)
      throw new Error(backend_util.getSparseSegmentReductionIndicesOutOfRangeErrorMessage(place, index, rows));
  });
  return count;
};

type Segments = Operands<'data' | 'indices' | 'segmentIds'>;

/** Rows picked by `indices`, added up by segment, or their mean; a segment without rows is zero. */
const segmented = ({ data, indices, segmentIds }: Segments, mean: boolean): Handle => {
  util.assert(data.shape.length > 0, () => 'Data should be at least 1 dimensional but received scalar');
  assertVector('Indices', indices);
  assertVector('Segment ids', segmentIds);
  util.assert(
    indices.shape[0] === segmentIds.shape[0],
    () => `segmentIds and indices should have same size, but have ${segmentIds.shape[0]} and ${indices.shape[0]}.`,
  );
  const [rows = 0, ...rest] = data.shape;
  const [chosen, columns] = [indices.shape[0]!, util.sizeFromShape(rest)];
  const segments = segmentsOf(rows, numbers(indices), numbers(segmentIds));
  const type = data.dtype === 'float32' ? 'float32' : 'float64';
  const picked = slicesAt(reshape(as(data.handle, type), [rows, columns]), 0, as(indices.handle, 'int64'));
  const places = reshape(as(segmentIds.handle, 'int64'), [chosen, 1]);
  const sums = scatterAdd(full([segments, columns], 0, type), 0, expand(places, [chosen, columns], false), picked);
  const counts = () => scatterAdd(full([segments, 1], 0, type), 0, places, full([chosen, 1], 1, type));
  const values = mean ? divide(sums, maximum(counts(), constant(1, type))) : sums;
  return reshape(type === 'float32' ? values : as(whole(values), data.dtype), [segments, ...rest]);
};

/** Sparse tensors as `[indices, values, shape]`, and sums over segments of rows. */
export const sparse: readonly KernelConfig[] = [
  kernel<Operands<'inputIndices' | 'inputShape' | 'newShape'>>(
    'SparseReshape',
    ({ inputIndices, inputShape, newShape }) => {
      util.assert(
        inputIndices.shape.length === 2,
        () => `Input indices should be a matrix but received shape ${inputIndices.shape}`,
      );
      assertVector('Input shape', inputShape);
      assertVector('Target shape', newShape);
      const from = numbers(inputShape);
      const to = shapeFor(from, numbers(newShape));
      const scale = upload(Int32Array.from(stridesOf(from)), [from.length], 'int32');
      const flat = total(multiply(as(inputIndices.handle, 'int64'), scale), [1], false, 'int64');
      const along = (stride: number, axis: number): Handle =>
        remainder(
          quotient(flat, constant(Math.max(1, stride), 'int64'), 'floor'),
          constant(Math.max(1, to[axis]!), 'int64'),
        );
      const all = to.length === 0 ? full([inputIndices.shape[0]!, 0], 0, 'int32') : stack(stridesOf(to).map(along), 1);
      return [as(all, inputIndices.dtype), upload(Int32Array.from(to), [to.length], 'int32')];
    },
  ),
  kernel<Segments>('SparseSegmentSum', (inputs) => segmented(inputs, false)),
  kernel<Segments>('SparseSegmentMean', (inputs) => segmented(inputs, true)),
];
