import { range, reshape, setBackend, type Tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeOnTorch, itAgrees, run } from '../differential.fixture.js';

const types = ['float32', 'int32', 'bool'] as const;

describeOnTorch('tensors rearranged', () => {
  itAgrees('Reshape and Transpose, one after the other', 12, (draw) => {
    const shape = draw.shape(4, 4);
    const order = [3, 1, 0, 2];
    const x = draw(shape, draw.pick(types));
    const turned = run('Transpose', { x }, { perm: order }) as Tensor;
    return [
      turned,
      run('Reshape', { x: turned }, { shape: [-1, shape[0]!] }) as Tensor,
      run('ExpandDims', { input: turned }, { dim: -2 }) as Tensor,
    ];
  });

  itAgrees('Cast between all types', 12, (draw) =>
    types.flatMap((from) => types.map((dtype) => run('Cast', { x: draw([6], from) }, { dtype }) as Tensor)),
  );

  itAgrees('Tile, of single elements too', 12, (draw) => {
    const shape = draw.pick([draw.shape(3, 3), [1, 4], [1, 1]]);
    return run('Tile', { x: draw(shape, draw.pick(types)) }, { reps: shape.map(() => draw.whole(1, 3)) });
  });

  itAgrees('Slice, of nothing too', 30, (draw) => {
    const shape = draw.shape(draw.whole(1, 4), 6);
    const begin = shape.map((size) => draw.whole(0, size - 1));
    const size = shape.map((extent, axis) => draw.pick([-1, draw.whole(0, extent - begin[axis]!)]));
    return run('Slice', { x: draw(shape, draw.pick(types)) }, { begin, size });
  });

  itAgrees('StridedSlice, forwards and backwards, with open ends', 40, (draw) => {
    const shape = draw.shape(draw.whole(1, 4), 6);
    const bounds = () => shape.map((size) => draw.whole(-size, size));
    const mask = () => draw.whole(0, 2 ** shape.length - 1);
    const strides = shape.map(() => draw.pick([1, 2, 3, -1, -2]));
    const begin = shape.map((size) => draw.whole(0, size - 1));
    return run(
      'StridedSlice',
      { x: draw(shape) },
      {
        begin,
        end: bounds(),
        strides,
        beginMask: mask(),
        endMask: mask(),
        ellipsisMask: 0,
        newAxisMask: 0,
        shrinkAxisMask: 0,
      },
    );
  });

  // [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]] at [1, 1:4:2], [1:3:2, 2] and [2:0:-1, 1]; tfjs's cpu backend gives [1, 2], [1] and [2, 1].
  it('StridedSlice takes an index out of the shape', () => {
    setBackend('torch');
    const taken = (begin: number[], end: number[], strides: number[], shrinkAxisMask: number) =>
      tidy(() => {
        const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask };
        const x = reshape(range(0, 12), [3, 4]);
        const result = run('StridedSlice', { x }, { begin, end, strides, ...masks }) as Tensor;
        return { shape: result.shape, values: [...result.dataSync()] };
      });
    expect(taken([1, 1], [2, 4], [1, 2], 1)).toEqual({ shape: [2], values: [5, 7] });
    expect(taken([1, 2], [3, 3], [2, 1], 2)).toEqual({ shape: [1], values: [6] });
    expect(taken([2, 1], [0, 2], [-1, 1], 2)).toEqual({ shape: [2], values: [9, 5] });
  });

  itAgrees('SplitV, Unpack, Pack and Concat', 12, (draw) => {
    const shape = draw.shape(3, 4);
    const axis = draw.whole(0, 2);
    const x = draw(
      shape.map((size, index) => (index === axis ? size * 3 : size)),
      draw.pick(types),
    );
    const thirds = run('SplitV', { x }, { numOrSizeSplits: 3, axis }) as Tensor[];
    const uneven = run('SplitV', { x }, { numOrSizeSplits: [1, -1, 1], axis }) as Tensor[];
    const single = run('Unpack', { value: x }, { axis }) as Tensor[];
    const together = run('Concat', [...thirds].reverse(), { axis }) as Tensor;
    return [...thirds, ...uneven, ...single, together, run('Pack', thirds, { axis: draw.whole(0, 3) }) as Tensor];
  });

  itAgrees('Concat with nothing', 12, (draw) => run('Concat', [draw([0, 3]), draw([2, 3]), draw([0, 3])], { axis: 0 }));

  itAgrees('PadV2 and MirrorPad', 12, (draw) => {
    const shape = draw.shape(draw.whole(1, 4), 4).map((size) => size + 1);
    const paddings = shape.map((size) => [draw.whole(0, size - 1), draw.whole(0, size - 1)]);
    const dtype = draw.pick(['float32', 'int32'] as const);
    return [
      run('PadV2', { x: draw(shape, dtype) }, { paddings, constantValue: 3 }) as Tensor,
      run('MirrorPad', { x: draw(shape, dtype) }, { paddings, mode: 'reflect' }) as Tensor,
      run('MirrorPad', { x: draw(shape, dtype) }, { paddings, mode: 'symmetric' }) as Tensor,
    ];
  });

  itAgrees('Reverse along any axes', 12, (draw) => {
    const shape = draw.shape(draw.whole(0, 4), 4);
    return run(
      'Reverse',
      { x: draw(shape) },
      { dims: shape.map((_, index) => index).filter(() => draw.whole(0, 1) === 1) },
    );
  });

  itAgrees('GatherV2 along any axis, with and without batches', 12, (draw) => {
    const [rows, columns, depth] = draw.shape(3, 5) as [number, number, number];
    const x = draw([rows, columns, depth], draw.pick(types));
    const indices = draw([rows, 3], 'int32', [0, Math.min(columns, depth) - 1]);
    const any = draw([2, 2], 'int32', [0, rows - 1]);
    return [
      run('GatherV2', { x, indices: any }, { axis: 0, batchDims: 0 }) as Tensor,
      run('GatherV2', { x, indices }, { axis: 2, batchDims: 0 }) as Tensor,
      run('GatherV2', { x, indices }, { axis: 1, batchDims: 1 }) as Tensor,
      run('GatherV2', { x, indices }, { axis: 2, batchDims: 1 }) as Tensor,
    ];
  });

  itAgrees('GatherNd, ScatterNd with places that repeat, TensorScatterUpdate', 12, (draw) => {
    const x = draw([3, 4, 2]);
    const indices = draw([5, 2], 'int32', [0, 2]);
    return [
      run('GatherNd', { params: x, indices }) as Tensor,
      run('GatherNd', { params: x, indices: draw([2, 2, 1], 'int32', [0, 2]) }) as Tensor,
      run('ScatterNd', { indices, updates: draw([5, 2]) }, { shape: [3, 4, 2] }) as Tensor,
      run('ScatterNd', { indices, updates: draw([5], 'int32') }, { shape: [3, 4] }) as Tensor,
      run('TensorScatterUpdate', {
        tensor: x,
        indices: tensor2d(
          [
            [0, 1],
            [2, 3],
          ],
          [2, 2],
          'int32',
        ),
        updates: draw([2, 2]),
      }) as Tensor,
    ];
  });

  itAgrees('OneHot, with indices outside', 12, (draw) =>
    types.map(
      (dtype) =>
        run(
          'OneHot',
          { indices: draw([2, 3], 'int32', [-1, 4]) },
          { dtype, depth: 4, onValue: 1, offValue: 0 },
        ) as Tensor,
    ),
  );

  itAgrees('UnsortedSegmentSum, with segments outside and empty ones', 12, (draw) =>
    run('UnsortedSegmentSum', { x: draw([6, 2, 3]), segmentIds: draw([6], 'int32', [-1, 5]) }, { numSegments: 4 }),
  );

  itAgrees('DenseBincount of rows, counted, weighted and binary', 12, (draw) => {
    const x = draw([3, 8], 'int32', [0, 6]);
    return [
      run('DenseBincount', { x, weights: draw([3, 8]) }, { size: 5, binaryOutput: false }) as Tensor,
      run('DenseBincount', { x, weights: draw([0]) }, { size: 5, binaryOutput: true }) as Tensor,
      run('Bincount', { x: draw([8], 'int32', [0, 6]), weights: draw([8]) }, { size: 5 }) as Tensor,
    ];
  });

  itAgrees('space and batch and depth', 12, (draw) => {
    const block = [2, 3];
    const x = draw([2, 4, 6, 3]);
    return [
      run(
        'SpaceToBatchND',
        { x },
        {
          blockShape: block,
          paddings: [
            [0, 2],
            [2, 1],
          ],
        },
      ) as Tensor,
      run(
        'BatchToSpaceND',
        { x: draw([12, 3, 2, 2]) },
        {
          blockShape: block,
          crops: [
            [1, 0],
            [1, 2],
          ],
        },
      ) as Tensor,
      run('DepthToSpace', { x: draw([2, 3, 2, 8]) }, { blockSize: 2, dataFormat: 'NHWC' }) as Tensor,
    ];
  });

  itAgrees('Range, LinSpace, Fill, ZerosLike and OnesLike', 12, (draw) => [
    run('Range', {}, { start: 2, stop: 9, step: 2, dtype: 'int32' }) as Tensor,
    run('Range', {}, { start: 5, stop: 1, step: 1, dtype: 'float32' }) as Tensor,
    run('Range', {}, { start: 5, stop: 1, step: 2, dtype: 'float32' }) as Tensor,
    run('LinSpace', {}, { start: -1, stop: 1, num: 7 }) as Tensor,
    run('Fill', {}, { shape: [2, 2], value: 3, dtype: 'int32' }) as Tensor,
    run('ZerosLike', { x: draw([2, 3], draw.pick(types)) }) as Tensor,
    run('OnesLike', { x: draw([2, 3], draw.pick(types)) }) as Tensor,
  ]);
});
