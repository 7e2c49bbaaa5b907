import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { addNumber, addScaled, subtractScaled } from '../native/scalars.js';
import { TorchError } from '../native/torch-error.js';

const reshape = aten('reshape');
const permute = aten('permute');
const multiply = aten('mul.Tensor');
const rsqrt = aten('rsqrt');
const normalise = aten('native_batch_norm');
const normaliseBackward = aten('native_batch_norm_backward');

/** `[..., channels]` as one image `[1, channels, rows, 1]`, channels innermost in memory: the order libtorch is fast in. */
const asImage = ({ handle, shape }: Operand): Handle =>
  permute(reshape(handle, [1, -1, 1, shape.at(-1)!]), [0, 3, 1, 2]);
const fromImage = (image: Handle, { shape }: Operand): Handle => reshape(permute(image, [0, 2, 3, 1]), shape);

/** libtorch does not compare sizes here: it would read past the end. */
const assertShape = (name: string, { shape }: Operand, expected: readonly number[]): void => {
  if (!util.arraysEqual(shape, [...expected]))
    throw new TorchError(`${name} must have shape [${expected}], but has [${shape}]`);
};

type Inference = Operands<'x' | 'mean' | 'variance', 'offset' | 'scale'>;
type Epsilon = { readonly varianceEpsilon: number };

/** `(x - mean) / sqrt(variance + epsilon) * scale + offset`, broadcast. */
const broadcast = ({ x, mean, variance, offset, scale }: Inference, { varianceEpsilon }: Epsilon): Handle => {
  const inverse = rsqrt(addNumber(variance.handle, varianceEpsilon, 1));
  const slope = scale === undefined ? inverse : multiply(inverse, scale.handle);
  const y = multiply(subtractScaled(x.handle, mean.handle, 1), slope);
  return offset === undefined ? y : addScaled(y, offset.handle, 1);
};

const perChannel = ({ x, ...others }: Inference): boolean =>
  Object.values(others).every((other) => other.shape.length === 1 && other.shape[0] === x.shape.at(-1));

/** Batch normalisation with given statistics, and with those of the batch. */
export const normalisation: readonly KernelConfig[] = [
  kernel<Inference, Epsilon>('FusedBatchNorm', (inputs, attributes) => {
    if (!perChannel(inputs)) return broadcast(inputs, attributes);
    const { x, mean, variance, offset, scale } = inputs;
    const [slope, intercept] = [scale?.handle ?? null, offset?.handle ?? null];
    const { varianceEpsilon } = attributes;
    const [y] = normalise(asImage(x), slope, intercept, mean.handle, variance.handle, false, 0, varianceEpsilon);
    return fromImage(y, x);
  }),
  // [y, mean, 1 / sqrt(variance + epsilon)], the statistics over all but the last dimension.
  kernel<Operands<'x' | 'scale' | 'offset'>, { epsilon: number }>(
    'BatchNormTraining',
    ({ x, scale, offset }, { epsilon }) => {
      const [y, mean, inverse] = normalise(asImage(x), scale.handle, offset.handle, null, null, true, 0, epsilon);
      return [fromImage(y, x), mean, inverse];
    },
  ),
  // [dx, dscale, doffset] of y alone.
  kernel<Operands<'dy' | 'x' | 'scale' | 'mean' | 'inverse'>, { epsilon: number }>(
    'BatchNormTrainingGrad',
    ({ dy, x, scale, mean, inverse }, { epsilon }) => {
      const { shape } = x;
      for (const [name, operand] of Object.entries({ scale, mean, inverse }))
        assertShape(name, operand, [shape.at(-1)!]);
      assertShape('dy', dy, shape);
      const saved = [mean.handle, inverse.handle] as const;
      const wanted = [true, true, true];
      const image = asImage(x);
      const [dx, dscale, doffset] = normaliseBackward(
        asImage(dy),
        image,
        scale.handle,
        null,
        null,
        ...saved,
        true,
        epsilon,
        wanted,
      );
      return [fromImage(dx, x), dscale, doffset];
    },
  ),
];
