import { cast, tensor, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { type Cases, type Draw, one, run } from '../differential.fixture.js';

const types = ['float32', 'int32', 'bool'] as const;

/** Whole numbers that do not fall. */
const rising = (draw: Draw, count: number, step: number): number[] => {
  const values: number[] = [];
  for (let last = draw.whole(0, step), index = 0; index < count; index++) {
    values.push(last);
    last += draw.whole(0, step);
  }
  return values;
};

/** Data `[rows, ...]`, which rows are picked, and the segments that they are added up in. */
const segments = (draw: Draw) => {
  const data = draw(draw.shape(draw.whole(1, 3)), draw.pick(['float32', 'int32'] as const));
  const count = draw.whole(0, 6);
  const indices = draw([count], 'int32', [0, data.shape[0]! - 1]);
  return { data, indices, segmentIds: tensor1d(rising(draw, count, 2), 'int32') };
};

/** Different places of a shape, in a random order. */
const places = (draw: Draw, [rows, columns]: readonly [number, number]): number[][] => {
  const all = Array.from({ length: rows * columns }, (_, index) => [Math.floor(index / columns), index % columns]);
  return all
    .filter(() => draw.whole(0, 2) === 0)
    .concat(all.slice(0, 1))
    .filter((place, index, some) => some.indexOf(place) === index);
};

/** Values picked, put and added at given places. */
export const picking: Cases = {
  GatherV2: (draw) => {
    const [rows, columns, depth] = draw.shape(3, 5) as [number, number, number];
    const x = draw([rows, columns, depth], draw.pick(types));
    const few = draw([rows, draw.whole(0, 3)], 'int32', [0, Math.min(columns, depth) - 1]);
    const any = draw(draw.shape(draw.whole(0, 2), 3), 'int32', [0, rows - 1]);
    return [
      one('GatherV2', { x, indices: any }, { axis: 0, batchDims: 0 }),
      one('GatherV2', { x, indices: few }, { axis: 2, batchDims: 0 }),
      one('GatherV2', { x, indices: few }, { axis: 1, batchDims: 1 }),
      one('GatherV2', { x, indices: few }, { axis: 2, batchDims: 1 }),
    ];
  },
  GatherNd: (draw) => {
    const params = draw([3, 4, 2], draw.pick(types));
    return [
      one('GatherNd', { params, indices: draw([draw.whole(0, 5), 2], 'int32', [0, 2]) }),
      one('GatherNd', { params, indices: draw([2, 2, 1], 'int32', [0, 2]) }),
      one('GatherNd', { params, indices: draw([4, 3], 'int32', [0, 1]) }),
    ];
  },
  ScatterNd: (draw) => {
    const count = draw.whole(1, 6);
    const indices = draw([count, 2], 'int32', [0, 2]);
    return [
      one('ScatterNd', { indices, updates: draw([count, 2]) }, { shape: [3, 4, 2] }),
      one('ScatterNd', { indices, updates: draw([count], 'int32') }, { shape: [3, 4] }),
    ];
  },
  TensorScatterUpdate: (draw) => {
    const indices = tensor2d(places(draw, [3, 4]), undefined, 'int32');
    const dtype = draw.pick(['float32', 'int32'] as const);
    const updates = draw([indices.shape[0]!, 2], dtype);
    return one('TensorScatterUpdate', { tensor: draw([3, 4, 2], dtype), indices, updates });
  },
  SparseToDense: (draw) => {
    const sparseIndices = tensor2d(places(draw, [3, 4]), undefined, 'int32');
    const dtype = draw.pick(['float32', 'int32', 'bool'] as const);
    const inputs = {
      sparseIndices,
      sparseValues: draw([sparseIndices.shape[0]!], dtype),
      defaultValue: draw([], dtype),
    };
    return one('SparseToDense', inputs, { outputShape: [3, 4] });
  },
  OneHot: (draw) => {
    const attributes = { dtype: draw.pick(types), depth: draw.whole(1, 5), onValue: 1, offValue: 0 };
    return one('OneHot', { indices: draw(draw.sizes(draw.whole(0, 2)), 'int32', [-1, 4]) }, attributes);
  },
  UnsortedSegmentSum: (draw) => {
    const rows = draw.whole(1, 6);
    const x = draw([rows, ...draw.shape(draw.whole(0, 2))], draw.pick(['float32', 'int32'] as const));
    const inputs = { x, segmentIds: draw([rows], 'int32', [-1, 5]) };
    // Of integers, the cpu backend gives float32 where there is one to a row.
    return cast(one('UnsortedSegmentSum', inputs, { numSegments: draw.whole(1, 5) }), x.dtype);
  },
  SparseSegmentSum: (draw) => one('SparseSegmentSum', segments(draw)),
  SparseSegmentMean: (draw) => one('SparseSegmentMean', segments(draw)),
  SparseReshape: (draw) => {
    const shape = draw.shape(3, 4);
    const indices = Array.from({ length: draw.whole(1, 5) }, () => shape.map((size) => draw.whole(0, size - 1)));
    const [a, b, c] = shape as [number, number, number];
    const newShape = draw.pick([[a * b, c], [c, -1], [-1], [1, a, b * c], [c, b, a]]);
    const inputs = { inputIndices: tensor2d(indices, undefined, 'int32'), inputShape: tensor1d(shape, 'int32') };
    return run('SparseReshape', { ...inputs, newShape: tensor1d(newShape, 'int32') });
  },
  SparseFillEmptyRows: (draw) => {
    const indices = tensor2d(places(draw, [4, 3]), undefined, 'int32');
    const inputs = { indices, values: draw([indices.shape[0]!]), denseShape: tensor1d([4, 3], 'int32') };
    return run('SparseFillEmptyRows', { ...inputs, defaultValue: draw([]) });
  },
  Multinomial: (draw) => {
    // A category that has all the probability is drawn by any generator.
    const [rows, columns] = [draw.whole(1, 3), draw.whole(1, 4)];
    const sure = Array.from({ length: rows }, () => draw.whole(0, columns - 1));
    const logits = tensor(
      sure.map((category) => Array.from({ length: columns }, (_, index) => (index === category ? 1 : 0))),
      [rows, columns],
    );
    return one('Multinomial', { logits }, { numSamples: draw.whole(1, 4), seed: 7, normalized: true });
  },
};
