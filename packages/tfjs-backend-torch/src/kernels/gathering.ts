import { backend_util, type KernelConfig, util } from '@tensorflow/tfjs-core';
import type { NumericType } from '../backend.js';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant, download, upload } from '../native/memory.js';
import { as } from './convert.js';
import { readAt, slicesAt } from './places.js';

const reshape = aten('reshape');
const expand = aten('expand');
const gather = aten('gather');
const multiply = aten('mul.Tensor');
const total = aten('sum.dim_IntList');
const equal = aten('eq.Tensor');
const where = aten('where.self');
const unsqueeze = aten('unsqueeze');

/** Rows of indices into several dimensions as positions in the flattened ones. */
export const flatIndices = (indices: Operand, rank: number, strides: readonly number[]): Handle => {
  const rows = reshape(as(indices.handle, 'int32'), [-1, rank]);
  const steps = upload(Int32Array.from(strides.slice(0, rank)), [rank], 'int32');
  return total(multiply(rows, steps), [1], false, 'int64');
};

/** An index out of range, of which libtorch only says that there is one, in TensorFlow.js's own sentence. */
const explained = (indices: Handle, count: number, pick: () => Handle): Handle => {
  try {
    return pick();
  } catch (error) {
    const index = download(indices, 'int64').find((each) => each < 0 || each >= count);
    util.assert(index === undefined, () => `GatherV2: the index value ${index} is not in [0, ${count - 1}]`);
    throw error;
  }
};

interface OneHot {
  readonly depth: number;
  readonly onValue: number;
  readonly offValue: number;
  readonly dtype: NumericType;
}

/** Elements picked by index. An index out of range is an error on the processor, and picks zero elsewhere. */
export const gathering: readonly KernelConfig[] = [
  kernel<Operands<'x' | 'indices'>, { axis: number; batchDims?: number }>(
    'GatherV2',
    ({ x, indices }, { axis, batchDims = 0 }) => {
      const [dimension = 0] = util.parseAxisParam(axis, x.shape);
      const { collectGatherOpShapeInfo } = backend_util.segment_util;
      const info = collectGatherOpShapeInfo(x as never, indices as never, dimension, batchDims);
      const positions = as(indices.handle, 'int64');
      const { batchSize, outerSize, dimSize, sliceSize, outputShape } = info;
      const rows = (): Handle => slicesAt(x.handle, dimension, reshape(positions, [-1]));
      const rowsOfBatches = (): Handle => {
        const count = util.sizeFromShape(indices.shape) / batchSize;
        const index = expand(
          reshape(positions, [batchSize, 1, count, 1]),
          [batchSize, outerSize, count, sliceSize],
          false,
        );
        const all = reshape(x.handle, [batchSize, outerSize, dimSize, sliceSize]);
        return readAt(all, 2, index, (some, places) => gather(some, 2, places, false));
      };
      return reshape(explained(positions, dimSize, batchDims === 0 ? rows : rowsOfBatches), outputShape);
    },
  ),
  kernel<Operands<'params' | 'indices'>>('GatherNd', ({ params, indices }) => {
    const [shape, , sliceSize, strides] = backend_util.prepareAndValidate(params as never, indices as never);
    const rank = indices.shape.at(-1)!;
    const positions = flatIndices(indices, rank, strides);
    return reshape(slicesAt(reshape(params.handle, [-1, sliceSize]), 0, positions), shape);
  }),
  kernel<Operands<'indices'>, OneHot>('OneHot', ({ indices }, { depth, onValue, offValue, dtype }) => {
    const classes = upload(
      Int32Array.from({ length: depth }, (_, index) => index),
      [depth],
      'int32',
    );
    const hit = equal(unsqueeze(indices.handle, -1), classes);
    return as(where(hit, constant(onValue, 'float32'), constant(offValue, 'float32')), dtype);
  }),
];
