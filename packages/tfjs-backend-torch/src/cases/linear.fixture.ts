import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { NumericType } from '../backend.js';
import { type Case, type Cases, type Draw, one } from '../differential.fixture.js';

/** What fused kernels end with. */
export const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;

/** The factors of a product, each transposed or not, with batch dimensions that broadcast. */
const factors = (draw: Draw, dtype: NumericType = 'float32') => {
  const [rows, inner, columns] = draw.sizes(3, 6) as [number, number, number];
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

/** Equations with sizes for their labels. */
const equations = [
  'ij,jk->ik',
  'bij,bjk->bik',
  'ij->ji',
  'ij->',
  'ij->j',
  'i,j->ij',
  'bhij,bhkj->bhik',
  'ijk,k->ij',
  'ij,ij->ij',
  'ij,ij->',
  'bi,bj->bij',
  'ij,jk->k',
  'ijk,jl->il',
];

/** An equation worked out place by place: the cpu backend forgets to sum a label that stands in one operand alone. */
const naiveEinsum = (equation: string, operands: readonly Tensor[]): Tensor => {
  const [takes = '', gives = ''] = equation.split('->');
  const labels = takes.split(',');
  const sizes: Record<string, number> = {};
  labels.forEach((of, index) => {
    [...of].forEach((label, axis) => {
      sizes[label] = operands[index]!.shape[axis]!;
    });
  });
  const all = [...new Set([...gives, ...takes.replaceAll(',', '')])];
  const shape = [...gives].map((label) => sizes[label]!);
  const result = new Float64Array(shape.reduce((product, size) => product * size, 1));
  const values = operands.map((operand) => operand.dataSync());
  const place = (of: string, at: Record<string, number>) =>
    [...of].reduce((flat, label) => flat * sizes[label]! + at[label]!, 0);
  const count = all.reduce((product, label) => product * sizes[label]!, 1);
  for (let index = 0; index < count; index++) {
    const at: Record<string, number> = {};
    all.reduceRight((rest, label) => {
      at[label] = rest % sizes[label]!;
      return Math.floor(rest / sizes[label]!);
    }, index);
    result[place(gives, at)]! += labels.reduce((product, of, operand) => product * values[operand]![place(of, at)]!, 1);
  }
  return tensor(Array.from(result), shape, 'float32');
};

/** Rows of complex numbers whose number is a power of two or not. */
const transformed = (kernel: string): Case => {
  return (draw) => one(kernel, { input: draw([draw.whole(1, 3), draw.whole(1, 9)], 'complex64') });
};

/** Products of matrices, complex numbers and Fourier transforms. */
export const linear: Cases = {
  BatchMatMul: (draw) => {
    const { a, b, attributes } = factors(draw, draw.pick(['float32', 'int32'] as const));
    return one('BatchMatMul', { a, b }, attributes);
  },
  _FusedMatMul: (draw) => {
    const { a, b, attributes, columns } = factors(draw);
    const activation = draw.pick(activations);
    const preluActivationWeights = activation === 'prelu' ? draw([columns]) : undefined;
    const bias = draw.pick([draw([columns]), draw([1, columns]), draw([1]), undefined]);
    const inputs = { a, b, bias, preluActivationWeights };
    return one('_FusedMatMul', inputs, { ...attributes, activation, leakyreluAlpha: 0.3 });
  },
  Einsum: (draw) => {
    const equation = draw.pick(equations);
    const sizes = Object.fromEntries([...'bhijkl'].map((label) => [label, draw.whole(1, 4)]));
    const takes = equation.split('->')[0]!.split(',');
    const operands = takes.map((labels) => draw([...labels].map((label) => sizes[label]!)));
    return draw.reference ? naiveEinsum(equation, operands) : one('Einsum', operands, { equation });
  },
  Diag: (draw) => one('Diag', { x: draw(draw.shape(draw.whole(1, 2))) }),
  Complex: (draw) => {
    const shape = draw.sizes(2);
    return one('Complex', { real: draw(shape), imag: draw(shape) });
  },
  Real: (draw) => one('Real', { input: draw(draw.sizes(2), 'complex64') }),
  Imag: (draw) => one('Imag', { input: draw(draw.sizes(2), 'complex64') }),
  ComplexAbs: (draw) => one('ComplexAbs', { x: draw(draw.sizes(2), 'complex64') }),
  FFT: transformed('FFT'),
  IFFT: transformed('IFFT'),
};
