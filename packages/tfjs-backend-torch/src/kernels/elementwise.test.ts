import { setBackend, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type Draw, describeOnTorch, itAgrees, run } from '../differential.fixture.js';

/** Two shapes that broadcast: of any rank, some sizes 1, leading ones left out. */
const broadcastable = (draw: Draw): [number[], number[]] => {
  const shape = draw.shape(draw.whole(0, 4));
  const thinned = shape.map((size) => (draw.whole(0, 2) === 0 ? 1 : size));
  return draw.pick([
    [shape, thinned],
    [thinned, shape],
    [shape, shape.slice(draw.whole(0, shape.length))],
  ]);
};

describeOnTorch('functions of each element', () => {
  for (const kernel of [
    'Add',
    'Sub',
    'Multiply',
    'Maximum',
    'Minimum',
    'SquaredDifference',
    'Mod',
    'FloorDiv',
    'RealDiv',
  ])
    itAgrees(`${kernel} of float32 and int32, broadcast`, 12, (draw) => {
      const [left, right] = broadcastable(draw);
      const dtype = draw.pick(['float32', 'int32'] as const);
      return run(kernel, { a: draw(left, dtype), b: draw(right, dtype, [1, 5]) });
    });

  for (const kernel of ['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'])
    itAgrees(`${kernel} of all types, broadcast`, 12, (draw) => {
      const [left, right] = broadcastable(draw);
      const dtype = draw.pick(['float32', 'int32', 'bool'] as const);
      return run(kernel, { a: draw(left, dtype, dtype === 'bool' ? [0, 1] : [-1, 1]), b: draw(right, dtype) });
    });

  itAgrees('Pow of float32, and of int32', 12, (draw) => [
    run('Pow', { a: draw([3, 4], 'float32', [0.1, 3]), b: draw([4], 'float32', [-2, 2]) }) as Tensor,
    run('Pow', { a: draw([3, 4], 'int32'), b: draw([4], 'int32', [0, 4]) }) as Tensor,
  ]);

  itAgrees('integers divided by zero as JavaScript stores them', 12, (draw) =>
    ['FloorDiv', 'Mod'].map(
      (kernel) => run(kernel, { a: draw([5], 'int32'), b: draw([5], 'int32', [0, 0]) }) as Tensor,
    ),
  );

  for (const kernel of ['LogicalAnd', 'LogicalOr'])
    itAgrees(`${kernel}, broadcast`, 12, (draw) => {
      const [left, right] = broadcastable(draw);
      return run(kernel, { a: draw(left, 'bool'), b: draw(right, 'bool') });
    });

  itAgrees('Atan2, BitwiseAnd and LogicalNot', 12, (draw) => [
    run('Atan2', { a: draw([7]), b: draw([7]) }) as Tensor,
    run('BitwiseAnd', { a: draw([7], 'int32', [0, 255]), b: draw([7], 'int32', [0, 255]) }) as Tensor,
    run('LogicalNot', { x: draw([7], 'bool') }) as Tensor,
  ]);

  itAgrees('AddN of one, two and five', 12, (draw) =>
    [1, 2, 5].map(
      (count) =>
        run(
          'AddN',
          Array.from({ length: count }, () => draw([3, 2], count === 2 ? 'int32' : 'float32')),
        ) as Tensor,
    ),
  );

  const ranges: Readonly<Record<string, readonly [number, number]>> = {
    Acos: [-1, 1],
    Acosh: [1, 5],
    Asin: [-1, 1],
    Atanh: [-0.9, 0.9],
    Log: [0.1, 5],
    Log1p: [-0.9, 5],
    Reciprocal: [0.1, 5],
    Rsqrt: [0.1, 5],
    Sqrt: [0, 5],
    Tan: [-1, 1],
  };
  const smooth = [
    'Abs',
    'Asinh',
    'Atan',
    'Ceil',
    'Cos',
    'Cosh',
    'Elu',
    'Erf',
    'Exp',
    'Expm1',
    'Floor',
    'Neg',
    'Relu',
    'Relu6',
    'Round',
  ];
  const others = [
    'Selu',
    'Sigmoid',
    'Sign',
    'Sin',
    'Sinh',
    'Softplus',
    'Square',
    'Tanh',
    'IsFinite',
    'IsInf',
    'IsNan',
    ...Object.keys(ranges),
  ];
  for (const kernel of [...smooth, ...others])
    itAgrees(kernel, 4, (draw) =>
      run(kernel, { x: draw(draw.shape(draw.whole(0, 4)), 'float32', ranges[kernel] ?? [-8, 8]) }),
    );

  for (const kernel of ['Abs', 'Neg', 'Relu', 'Sign', 'Square', 'Ceil', 'Floor', 'Exp', 'LeakyRelu'])
    itAgrees(`${kernel} of int32 has the type it has on cpu`, 2, (draw) =>
      run(kernel, { x: draw([3, 3], 'int32') }, { alpha: 0.2 }),
    );

  itAgrees('Step below, at and above zero, with any slope', 12, (draw) =>
    [0, 0.2, 1, -1, 2].flatMap((alpha) => [
      run('Step', { x: draw([9], 'float32', [-1, 1]) }, { alpha }) as Tensor,
      run('Step', { x: draw([9], 'int32', [-1, 1]) }, { alpha: Math.round(alpha) }) as Tensor,
      run('Step', { x: tensor1d([0, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-45, -1e-45]) }, { alpha }) as Tensor,
    ]),
  );

  itAgrees('LeakyRelu, Prelu, EluGrad, ClipByValue and Softmax', 12, (draw) => [
    run('LeakyRelu', { x: draw([4, 5]) }, { alpha: 0.2 }) as Tensor,
    run('Prelu', { x: draw([4, 5]), alpha: draw([5]) }) as Tensor,
    run('EluGrad', { dy: draw([4, 5]), y: draw([4, 5], 'float32', [-1, 3]) }) as Tensor,
    run('ClipByValue', { x: draw([4, 5]) }, { clipValueMin: -1, clipValueMax: 2 }) as Tensor,
    run('ClipByValue', { x: draw([4, 5], 'int32') }, { clipValueMin: -1, clipValueMax: 2 }) as Tensor,
    run('Softmax', { logits: draw([4, 5]) }, { dim: 1 }) as Tensor,
  ]);

  itAgrees('Select by element and by row', 12, (draw) => [
    run('Select', { condition: draw([3, 4], 'bool'), t: draw([3, 4]), e: draw([3, 4]) }) as Tensor,
    run('Select', { condition: draw([3], 'bool'), t: draw([3], 'int32'), e: draw([3], 'int32') }) as Tensor,
  ]);

  itAgrees('empty tensors', 12, (draw) => [
    run('Add', { a: draw([0, 3]), b: draw([3]) }) as Tensor,
    run('Exp', { x: draw([0]) }) as Tensor,
    run('Greater', { a: draw([2, 0]), b: draw([1, 1]) }) as Tensor,
  ]);

  it('a maximum passes NaN on, a rectifier too', () => {
    setBackend('torch');
    const values = tidy(() => {
      const x = tensor1d([Number.NaN]);
      return [run('Maximum', { a: x, b: tensor1d([1]) }), run('Relu', { x })].map(
        (result) => (result as Tensor).dataSync()[0],
      );
    });
    expect(values).toEqual([Number.NaN, Number.NaN]);
  });
});
