import { reshape, type Tensor, tensor, tensor1d, transpose } from '@tensorflow/tfjs-core';
import { type Cases, type Draw, one, run } from '../differential.fixture.js';

const types = ['float32', 'int32', 'bool'] as const;

const words = (draw: Draw, shape: number[]): Tensor => {
  const count = shape.reduce((all, size) => all * size, 1);
  return tensor(
    Array.from({ length: count }, () => draw.pick(['', 'a', 'b', 'ab', 'é'])),
    shape,
    'string',
  );
};

/** A tensor of any type, words included. */
const anything = (draw: Draw, shape: number[]): Tensor =>
  draw.whole(0, 4) === 0 ? words(draw, shape) : draw(shape, draw.pick(types));

/** Bits that say which of some dimensions are meant. */
const mask = (draw: Draw, { length }: readonly number[]): number => draw.whole(0, 2 ** length - 1);

const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };

/**
 * One index of some dimensions and all of the others. The cpu backend gives the shape of the former its due but reads
 * the wrong places, so there the same is cut out with all its dimensions and reshaped.
 */
const shrunk = (draw: Draw): Tensor => {
  const shape = draw.shape(draw.whole(1, 4), 5);
  const [x, shrinkAxisMask] = [draw(shape), mask(draw, shape)];
  const single = (axis: number) => (shrinkAxisMask >> axis) & 1;
  const begin = shape.map((size, axis) => (single(axis) ? draw.whole(0, size - 1) : 0));
  const end = shape.map((size, axis) => (single(axis) ? begin[axis]! + 1 : size));
  const attributes = { begin, end, strides: shape.map(() => 1), ...masks };
  if (!draw.reference) return one('StridedSlice', { x }, { ...attributes, shrinkAxisMask });
  const rest = shape.filter((_, axis) => !single(axis));
  return reshape(one('StridedSlice', { x }, attributes), rest);
};

/** Tensors rearranged, joined and taken apart. */
export const arrangement: Cases = {
  Identity: (draw) => one('Identity', { x: anything(draw, draw.sizes(2)) }),
  Cast: (draw) => {
    const from = draw.pick([...types, 'complex64'] as const);
    return one('Cast', { x: draw(draw.sizes(2), from) }, { dtype: draw.pick([...types, 'complex64']) });
  },
  Reshape: (draw) => {
    const shape = draw.shape(draw.whole(1, 4), 4);
    const turned = one('Transpose', { x: draw(shape) }, { perm: shape.map((_, axis) => axis).reverse() });
    return [
      one('Reshape', { x: turned }, { shape: [-1, shape[0]!] }),
      one('Reshape', { x: anything(draw, shape) }, { shape: [...shape, 1] }),
      one('Reshape', { x: draw([0, 3]) }, { shape: [3, 0, 2] }),
    ];
  },
  ExpandDims: (draw) => {
    const shape = draw.sizes(draw.whole(0, 3));
    return one('ExpandDims', { input: anything(draw, shape) }, { dim: draw.whole(-shape.length - 1, shape.length) });
  },
  Transpose: (draw) => {
    const shape = draw.sizes(draw.whole(1, 5), 4);
    const perm = shape.map((_, axis) => axis);
    for (let axis = shape.length - 1; axis > 0; axis--) {
      const other = draw.whole(0, axis);
      [perm[axis], perm[other]] = [perm[other]!, perm[axis]!];
    }
    return one('Transpose', { x: anything(draw, shape) }, { perm });
  },
  Tile: (draw) => {
    const shape = draw.pick([draw.sizes(draw.whole(1, 3), 3), [1, 4], [1, 1]]);
    return one('Tile', { x: anything(draw, shape) }, { reps: shape.map(() => draw.whole(0, 3)) });
  },
  Slice: (draw) => {
    const shape = draw.shape(draw.whole(1, 5), 6);
    const begin = shape.map((size) => draw.whole(0, size - 1));
    const size = shape.map((extent, axis) => draw.pick([-1, draw.whole(0, extent - begin[axis]!)]));
    return one('Slice', { x: anything(draw, shape) }, { begin, size });
  },
  StridedSlice: (draw) => {
    const shape = draw.shape(draw.whole(1, 4), 6);
    const strides = shape.map(() => draw.pick([1, 2, 3, -1, -2]));
    const begin = shape.map((size) => draw.whole(0, size - 1));
    // The cpu backend refuses to take less than nothing where no stride is other than 1.
    const plain = strides.every((stride) => stride === 1);
    const end = shape.map((size, axis) => draw.whole(plain ? begin[axis]! : -size, size));
    const open = { ...masks, beginMask: mask(draw, shape), endMask: mask(draw, shape) };
    return [one('StridedSlice', { x: anything(draw, shape) }, { begin, end, strides, ...open }), shrunk(draw)];
  },
  SplitV: (draw) => {
    const axis = draw.whole(0, 2);
    const shape = draw.shape(3, 4).map((size, index) => (index === axis ? size * 3 : size));
    const x = anything(draw, shape);
    return run('SplitV', { x }, { numOrSizeSplits: draw.pick([3, [1, -1, 1]]), axis });
  },
  Unpack: (draw) => {
    const shape = draw.shape(draw.whole(1, 4), 4);
    return run('Unpack', { value: anything(draw, shape) }, { axis: draw.whole(0, shape.length - 1) });
  },
  Pack: (draw) => {
    const [shape, ofWords] = [draw.sizes(draw.whole(0, 3)), draw.whole(0, 4) === 0];
    const dtype = draw.pick(types);
    const all = Array.from({ length: draw.whole(1, 4) }, () => (ofWords ? words(draw, shape) : draw(shape, dtype)));
    return run('Pack', all, { axis: draw.whole(0, shape.length) });
  },
  Concat: (draw) => {
    const [shape, dtype] = [draw.sizes(draw.whole(1, 4), 4), draw.pick([...types, 'complex64'] as const)];
    const axis = draw.whole(0, shape.length - 1);
    // The cpu backend cannot read complex numbers of which there are none.
    const least = dtype === 'complex64' ? 1 : 0;
    const part = () => shape.map((size, index) => (index === axis ? draw.whole(least, 3) : Math.max(size, least)));
    return run(
      'Concat',
      Array.from({ length: draw.whole(1, 4) }, () => draw(part(), dtype)),
      { axis },
    );
  },
  PadV2: (draw) => {
    const shape = draw.sizes(draw.whole(1, 5), 4);
    const paddings = shape.map(() => [draw.whole(0, 3), draw.whole(0, 3)]);
    const x = draw(shape, draw.pick(['float32', 'int32'] as const));
    return one('PadV2', { x }, { paddings, constantValue: draw.whole(-2, 2) });
  },
  MirrorPad: (draw) => {
    const shape = draw.shape(draw.whole(1, 4), 4).map((size) => size + 1);
    const paddings = shape.map((size) => [draw.whole(0, size - 1), draw.whole(0, size - 1)]);
    const x = draw(shape, draw.pick(['float32', 'int32'] as const));
    return one('MirrorPad', { x }, { paddings, mode: draw.pick(['reflect', 'symmetric']) });
  },
  Reverse: (draw) => {
    const shape = draw.sizes(draw.whole(0, 4), 4);
    const dims = shape.map((_, index) => index).filter(() => draw.whole(0, 1) === 1);
    return one('Reverse', { x: draw(shape, draw.pick(types)) }, { dims });
  },
  FlipLeftRight: (draw) => one('FlipLeftRight', { image: draw(draw.shape(4)) }),
  SpaceToBatchND: (draw) => {
    const paddings = draw.pick([
      [
        [0, 2],
        [2, 1],
      ],
      [
        [1, 1],
        [0, 0],
      ],
    ]);
    return one('SpaceToBatchND', { x: draw([2, 4, 6, 3]) }, { blockShape: [2, 3], paddings });
  },
  BatchToSpaceND: (draw) => {
    const crops = [
      [draw.whole(0, 2), draw.whole(0, 2)],
      [draw.whole(0, 2), draw.whole(0, 2)],
    ];
    return one('BatchToSpaceND', { x: draw([12, 3, 2, 2]) }, { blockShape: [2, 3], crops });
  },
  DepthToSpace: (draw) => {
    const [block, dataFormat] = [draw.whole(2, 3), draw.pick(['NHWC', 'NCHW'])];
    const [batch, a, b, depth] = draw.shape(4, 3) as [number, number, number, number];
    const channels = depth * block ** 2;
    const x = draw([batch, a, b, channels]);
    const attributes = { blockSize: block, dataFormat: 'NHWC' };
    if (dataFormat === 'NHWC') return one('DepthToSpace', { x }, attributes);
    // The cpu backend has no other layout.
    if (draw.reference) return transpose(one('DepthToSpace', { x }, attributes), [0, 3, 1, 2]);
    return one('DepthToSpace', { x: transpose(x, [0, 3, 1, 2]) }, { ...attributes, dataFormat });
  },
  Range: (draw) => {
    const [start, stop] = [draw.whole(-5, 5), draw.whole(-5, 9)];
    const step = start <= stop ? draw.pick([1, 2, 0.5]) : draw.pick([1, -1, -2, -0.5]);
    return one(
      'Range',
      {},
      { start, stop, step, dtype: Number.isInteger(step) ? draw.pick(['int32', 'float32']) : 'float32' },
    );
  },
  LinSpace: (draw) => one('LinSpace', {}, { start: draw.whole(-3, 0), stop: draw.whole(1, 9), num: draw.whole(1, 9) }),
  Fill: (draw) => {
    const dtype = draw.pick([...types, 'string']);
    const value = dtype === 'string' ? 'a' : dtype === 'bool' ? 1 : draw.whole(-3, 3);
    return one('Fill', {}, { shape: draw.sizes(draw.whole(0, 3)), value, dtype });
  },
  ZerosLike: (draw) => [
    one('ZerosLike', { x: draw(draw.sizes(2), draw.pick(types)) }),
    one('ZerosLike', { x: draw(draw.shape(2), 'complex64') }),
  ],
  OnesLike: (draw) => one('OnesLike', { x: draw(draw.sizes(2), draw.pick([...types, 'complex64'] as const)) }),
  BroadcastArgs: (draw) => {
    const shape = draw.shape(draw.whole(1, 4));
    const s1 = shape.slice(draw.whole(0, shape.length - 1)).map((size) => draw.pick([1, size]));
    return one('BroadcastArgs', { s0: tensor1d(shape, 'int32'), s1: tensor1d(s1, 'int32') });
  },
};
