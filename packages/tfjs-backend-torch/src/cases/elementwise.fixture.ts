import { broadcastTo, reshape, tensor1d } from '@tensorflow/tfjs-core';
import type { NumericType } from '../backend.js';
import { type Cases, type Draw, one, run } from '../differential.fixture.js';

type Range = readonly [low: number, high: number];

/** Two shapes that broadcast: of any rank, some sizes 1, leading ones left out. */
const broadcastable = (draw: Draw): [number[], number[]] => {
  const shape = draw.sizes(draw.whole(0, 4));
  const thinned = shape.map((size) => (draw.whole(0, 2) === 0 ? 1 : size));
  return draw.pick([
    [shape, thinned],
    [thinned, shape],
    [shape, shape.slice(draw.whole(0, shape.length))],
  ]);
};

/** Numbers that JavaScript and libtorch might treat unalike. */
const edges = () =>
  tensor1d([
    0,
    -0,
    0.5,
    -0.5,
    1.5,
    2.5,
    -1,
    1,
    7,
    1e-30,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]);

/** A function of one tensor, drawn from a range and at the edges. */
const unary = (ranges: Readonly<Record<string, Range>>, types: readonly NumericType[] = ['float32']): Cases =>
  Object.fromEntries(
    Object.entries(ranges).map(([kernel, range]) => [
      kernel,
      (draw) => [
        one(kernel, { x: draw(draw.sizes(draw.whole(0, 4)), draw.pick(types), range) }),
        one(kernel, { x: edges() }),
      ],
    ]),
  );

/** A function of two, broadcast, each from a range. */
const binary = (
  kernels: readonly string[],
  types: readonly NumericType[],
  [left, right]: readonly [Range, Range] = [
    [-4, 4],
    [-4, 4],
  ],
): Cases =>
  Object.fromEntries(
    kernels.map((kernel) => [
      kernel,
      (draw) => {
        const [a, b] = broadcastable(draw);
        const dtype = draw.pick(types);
        const within = (range: Range): Range => (dtype === 'bool' ? [0, 1] : range);
        // The cpu backend broadcasts complex numbers only along dimensions of size 1.
        const filled = (shape: number[], other: number[]) =>
          draw.reference && dtype === 'complex64' ? [...other.slice(shape.length).fill(1), ...shape] : shape;
        const [first, second] = [draw(filled(a, b), dtype, within(left)), draw(filled(b, a), dtype, within(right))];
        return one(kernel, { a: first, b: second });
      },
    ]),
  );

const numbers = ['float32', 'int32'] as const;
const everything = ['float32', 'int32', 'bool'] as const;

/** Functions of each element. */
export const elementwise: Cases = {
  ...unary({ Abs: [-8, 8], Ceil: [-8, 8], Floor: [-8, 8], Neg: [-8, 8], Round: [-8, 8], Sign: [-2, 2] }, numbers),
  ...unary({ Relu: [-8, 8], Relu6: [-8, 8], Square: [-8, 8], Exp: [-8, 8] }, numbers),
  ...unary({ Acos: [-1, 1], Acosh: [1, 5], Asin: [-1, 1], Asinh: [-8, 8], Atan: [-8, 8], Atanh: [-0.9, 0.9] }),
  ...unary({
    Cos: [-8, 8],
    Cosh: [-8, 8],
    Elu: [-8, 8],
    Erf: [-4, 4],
    Expm1: [-8, 8],
    Log: [0.1, 5],
    Log1p: [-0.9, 5],
  }),
  ...unary({ Reciprocal: [0.1, 5], Rsqrt: [0.1, 5], Selu: [-8, 8], Sigmoid: [-8, 8], Sin: [-8, 8], Sinh: [-8, 8] }),
  ...unary({ Softplus: [-30, 30], Sqrt: [0, 5], Tan: [-1, 1], Tanh: [-8, 8] }),
  ...unary({ IsFinite: [-8, 8], IsInf: [-8, 8], IsNan: [-8, 8] }, numbers),
  ...binary(['Add', 'Sub', 'Multiply'], ['float32', 'int32', 'complex64']),
  ...binary(['Maximum', 'Minimum', 'SquaredDifference'], numbers),
  ...binary(['Mod', 'FloorDiv', 'RealDiv'], numbers, [
    [-9, 9],
    [1, 5],
  ]),
  ...binary(['Atan2'], ['float32']),
  ...binary(
    ['BitwiseAnd'],
    ['int32'],
    [
      [-99, 255],
      [-99, 255],
    ],
  ),
  ...binary(['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'], everything, [
    [-1, 1],
    [-2, 2],
  ]),
  ...binary(['LogicalAnd', 'LogicalOr'], ['bool']),
  Pow: (draw) => {
    const [a, b] = broadcastable(draw);
    if (draw.whole(0, 1) === 0) return one('Pow', { a: draw(a, 'int32'), b: draw(b, 'int32', [0, 4]) });
    return one('Pow', { a: draw(a, 'float32', [0.1, 3]), b: draw(b, 'float32', [-2, 2]) });
  },
  AddN: (draw) => {
    const [shape, dtype] = [draw.sizes(draw.whole(0, 3)), draw.pick(numbers)];
    // All of one sign: what is left of a sum that cancels is the rounding of its parts.
    return run(
      'AddN',
      Array.from({ length: draw.whole(1, 5) }, () => draw(shape, dtype, [1, 4])),
    );
  },
  LogicalNot: (draw) => one('LogicalNot', { x: draw(draw.sizes(2), 'bool') }),
  Step: (draw) => {
    const alpha = draw.pick([0, 0.2, 1, -1, 2]);
    const attributes = { alpha };
    return [
      one('Step', { x: draw(draw.sizes(draw.whole(0, 3)), 'float32', [-1, 1]) }, attributes),
      one('Step', { x: draw(draw.sizes(2), 'int32', [-1, 1]) }, { alpha: Math.round(alpha) }),
      one('Step', { x: edges() }, attributes),
      one('Step', { x: tensor1d([1e-45, -1e-45]) }, attributes),
    ];
  },
  ClipByValue: (draw) => {
    const [clipValueMin, clipValueMax] = [draw.whole(-3, 0), draw.whole(1, 3)];
    return one('ClipByValue', { x: draw(draw.sizes(2), draw.pick(numbers)) }, { clipValueMin, clipValueMax });
  },
  LeakyRelu: (draw) => [
    one('LeakyRelu', { x: draw(draw.sizes(3), draw.pick(numbers)) }, { alpha: draw.pick([0, 0.2, 1, 1.5]) }),
    one('LeakyRelu', { x: edges() }, { alpha: 0.2 }),
  ],
  Prelu: (draw) => {
    const [x, alpha] = broadcastable(draw);
    return one('Prelu', { x: draw(x), alpha: draw(alpha, 'float32', [-1, 1]) });
  },
  EluGrad: (draw) => {
    const shape = draw.sizes(2);
    return one('EluGrad', { dy: draw(shape), y: draw(shape, 'float32', [-1, 3]) });
  },
  Softmax: (draw) => {
    const logits = draw(
      draw.shape(draw.whole(1, 3)),
      'float32',
      draw.pick([
        [-4, 4],
        [-200, 200],
      ] as const),
    );
    return one('Softmax', { logits }, { dim: logits.shape.length - 1 });
  },
  Select: (draw) => {
    const [shape, dtype] = [draw.sizes(draw.whole(1, 3)), draw.pick(everything)];
    const rows = draw.whole(0, 1) === 0;
    const given = draw(rows ? shape.slice(0, 1) : shape, 'bool');
    // The cpu backend repeats the first element of a row that is chosen as a whole.
    const spread = () =>
      broadcastTo(
        reshape(
          given,
          shape.map((size, axis) => (axis === 0 ? size : 1)),
        ),
        shape,
      );
    const condition = rows && draw.reference ? spread() : given;
    return one('Select', { condition, t: draw(shape, dtype), e: draw(shape, dtype) });
  },
};
