import { backend_util, type KernelConfig, util } from '@tensorflow/tfjs-core';
import { isNumeric, type NumericType, type TorchBackend } from '../backend.js';
import { BACKEND, kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import { constant, download, full, upload } from '../native/memory.js';
import { TorchError } from '../native/torch-error.js';
import { as } from './convert.js';

const reshape = aten('reshape');
const permute = aten('permute');
const repeat = aten('repeat');
const expand = aten('expand');
const notEqual = aten('ne.Tensor');
const realPart = aten('real');

interface Filling {
  readonly shape: number[];
  readonly value: number;
  readonly dtype?: NumericType;
}

/** The same data under another tensor id. */
const identity: KernelConfig = {
  kernelName: 'Identity',
  backendName: BACKEND,
  kernelFunc: ({ inputs: { x }, backend }) => (backend as TorchBackend).share(x!),
};

/** Shapes, types and constants. Reshaping, transposing and repeating a single element make views. */
export const shape: readonly KernelConfig[] = [
  identity,
  kernel<Operands<'x'>, { shape: number[] }>('Reshape', ({ x }, { shape: to }) => {
    const size = util.sizeFromShape(x.shape);
    const inferred = util.inferFromImplicitShape(to, size);
    util.assert(
      size === util.sizeFromShape(inferred),
      () => `[${x.shape}] has ${size} elements, which do not fit [${inferred}]`,
    );
    return reshape(x.handle, inferred);
  }),
  kernel<Operands<'input'>, { dim: number }>('ExpandDims', ({ input }, { dim }) => {
    const { length } = input.shape;
    util.assert(
      -length - 1 <= dim && dim <= length,
      () => `Axis must be in [${-length - 1}, ${length}], but is ${dim}`,
    );
    const to = [...input.shape];
    to.splice(dim < 0 ? length + dim + 1 : dim, 0, 1);
    return reshape(input.handle, to);
  }),
  kernel<Operands<'x'>, { perm: number[] }>('Transpose', ({ x }, { perm }) => permute(x.handle, perm)),
  kernel<Operands<'x'>, { dtype: NumericType }>('Cast', ({ x }, { dtype }) => {
    const handle = x.dtype === 'complex64' && dtype !== 'complex64' ? realPart(x.handle) : x.handle;
    return dtype === 'bool' ? notEqual(handle, constant(0, 'float32')) : as(handle, dtype);
  }),
  kernel<Operands<'x'>, { reps: number[] }>('Tile', ({ x }, { reps }) =>
    x.shape.every((size, axis) => size === 1 || reps[axis] === 1)
      ? expand(
          x.handle,
          x.shape.map((size, axis) => size * reps[axis]!),
          false,
        )
      : repeat(x.handle, reps),
  ),
  kernel<object, Filling>('Fill', (_, { shape: of, value, dtype = 'float32' }) => {
    if (!isNumeric(dtype)) throw new TorchError(`the torch backend has no numbers for a tensor of ${dtype}`);
    return full(of, value, dtype);
  }),
  kernel<Operands<'s0' | 's1'>>('BroadcastArgs', (shapes) => {
    const [first, second] = [shapes.s0, shapes.s1].map(({ handle }) => [...download(as(handle, 'int32'), 'int32')]);
    const together = backend_util.assertAndGetBroadcastShape(first!, second!);
    return upload(Int32Array.from(together), [together.length], 'int32');
  }),
  kernel<Operands<'x'>>('ZerosLike', ({ x }) => full(x.shape, 0, x.dtype)),
  kernel<Operands<'x'>>('OnesLike', ({ x }) => full(x.shape, 1, x.dtype)),
];
