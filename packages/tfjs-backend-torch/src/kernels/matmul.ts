import { backend_util, type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import { deviceInUse } from '../native/device.js';
import type { Handle } from '../native/handle.js';
import { addScaled } from '../native/scalars.js';
import { activate, type FusedActivation } from './activation.js';
import { as, numeric, whole } from './convert.js';

interface Transposition {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

const matmul = aten('matmul');
const transpose = aten('transpose.int');
const einsum = aten('einsum');
const diagonal = aten('diag_embed');
const reshape = aten('reshape');

/** Sums of products of whole numbers: graphics processors have none, and make them of floating-point numbers. */
const multiplied = (factors: readonly Operand[], multiply: (factors: readonly Handle[]) => Handle): Handle =>
  deviceInUse() === 'cpu' || factors.some(({ dtype }) => dtype === 'float32' || dtype === 'complex64')
    ? multiply(factors.map(numeric))
    : whole(multiply(factors.map(({ handle }) => as(handle, 'float64'))));

/** Whether it is one matrix, whatever its rank. */
const isOne = ({ shape }: Operand): boolean => shape.slice(0, -2).every((size) => size === 1);

const flat = (operand: Operand): Operand =>
  operand.shape.length === 2
    ? operand
    : { ...operand, handle: reshape(operand.handle, operand.shape.slice(-2)), shape: operand.shape.slice(-2) };

/**
 * The product of the last two dimensions; those before them are broadcast. Two matrices are multiplied as such: libtorch's
 * product of batches takes several times as long where they are small.
 */
const product = ({ a, b }: Operands<'a' | 'b'>, { transposeA = false, transposeB = false }: Transposition): Handle => {
  for (const { shape } of [a, b])
    util.assert(shape.length >= 2, () => `A factor must have at least 2 dimensions, but has shape [${shape}]`);
  const oriented = (handle: Handle, transposed: boolean) => (transposed ? transpose(handle, -2, -1) : handle);
  const times = ([first, second]: readonly Handle[]) =>
    matmul(oriented(first!, transposeA), oriented(second!, transposeB));
  const rank = Math.max(a.shape.length, b.shape.length);
  if (rank === 2 || !isOne(a) || !isOne(b)) return multiplied([a, b], times);
  const y = multiplied([flat(a), flat(b)], times);
  return reshape(y, [...Array(rank - 2).fill(1), a.shape.at(transposeA ? -1 : -2)!, b.shape.at(transposeB ? -2 : -1)!]);
};

/** Products of matrices. */
export const matrixProduct: readonly KernelConfig[] = [
  kernel<Operands<'a' | 'b'>, Transposition>('BatchMatMul', product),
  kernel<Operands<'a' | 'b', 'bias' | 'preluActivationWeights'>, Transposition & FusedActivation>(
    '_FusedMatMul',
    ({ a, b, bias, preluActivationWeights }, attributes) => {
      const y = product({ a, b }, attributes);
      return activate(
        bias === undefined ? y : addScaled(y, bias.handle, 1),
        attributes,
        preluActivationWeights?.handle,
      );
    },
  ),
  // What TensorFlow.js does not support is refused with its own sentences.
  kernel<Readonly<Record<string, Operand>>, { equation: string }>('Einsum', (operands, { equation }) => {
    const all = Object.values(operands);
    const { allDims, idDims } = backend_util.decodeEinsumEquation(equation, all.length);
    backend_util.checkEinsumDimSizes(allDims.length, idDims, all as never);
    return multiplied(all, (factors) => einsum(equation, [...factors], null));
  }),
  kernel<Operands<'x'>>('Diag', ({ x }) =>
    reshape(diagonal(reshape(x.handle, [-1]), 0, -2, -1), [...x.shape, ...x.shape]),
  ),
];
