import type { Tensor } from '@tensorflow/tfjs-core';
import { type Draw, describeOnTorch, itAgrees, run } from '../differential.fixture.js';

const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;

/** The factors of a product, each transposed or not, with batch dimensions that broadcast. */
const factors = (draw: Draw, dtype: 'float32' | 'int32' = 'float32') => {
  const [rows, inner, columns] = draw.shape(3, 6) as [number, number, number];
  const [transposeA, transposeB] = [draw.pick([true, false]), draw.pick([true, false])];
  const batch = draw.shape(draw.whole(0, 2), 3);
  const other = draw.pick([batch, batch.map(() => 1), batch.slice(1)]);
  return {
    a: draw([...batch, ...(transposeA ? [inner, rows] : [rows, inner])], dtype),
    b: draw([...other, ...(transposeB ? [columns, inner] : [inner, columns])], dtype),
    attributes: { transposeA, transposeB },
    columns,
  };
};

describeOnTorch('products of matrices', () => {
  itAgrees('of any rank, transposed or not', 40, (draw) => {
    const { a, b, attributes } = factors(draw);
    return run('BatchMatMul', { a, b }, attributes);
  });

  for (const activation of activations)
    itAgrees(`with a bias and ${activation}`, 12, (draw) => {
      const { a, b, attributes, columns } = factors(draw);
      const preluActivationWeights = activation === 'prelu' ? draw([columns]) : undefined;
      const inputs = { a, b, bias: draw(draw.pick([[columns], [1, columns], [1]])), preluActivationWeights };
      return run('_FusedMatMul', inputs, { ...attributes, activation, leakyreluAlpha: 0.3 });
    });

  for (const [equation, ...shapes] of [
    ['ij,jk->ik', [2, 3], [3, 4]],
    ['bij,bjk->bik', [2, 3, 4], [2, 4, 5]],
    ['ij->ji', [2, 3]],
    ['ij->', [2, 3]],
    ['i,j->ij', [3], [4]],
    ['bhij,bhkj->bhik', [2, 2, 3, 4], [2, 2, 5, 4]],
    ['ijk,k->ij', [2, 3, 4], [4]],
  ] as [string, ...number[][]][])
    itAgrees(`Einsum ${equation}`, 3, (draw) =>
      run(
        'Einsum',
        shapes.map((shape) => draw(shape)),
        { equation },
      ),
    );

  itAgrees('Diag of a vector and a matrix', 12, (draw) => [
    run('Diag', { x: draw([4]) }) as Tensor,
    run('Diag', { x: draw([2, 3]) }) as Tensor,
  ]);
});
