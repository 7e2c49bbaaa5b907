import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant } from '../native/memory.js';
import { addScaled } from '../native/scalars.js';
import { numeric, real } from './convert.js';

const rectify = aten('relu');
const rectify6 = aten('relu6');
const selu = aten('selu');
const sigmoid = aten('sigmoid');
const tanh = aten('tanh');
const expm1 = aten('expm1');
const minimum = aten('minimum');
const logAddExp = aten('logaddexp');
const parametric = aten('_prelu_kernel');
const softmax = aten('softmax.int');

const zero = () => constant(0, 'float32');

/** `x` above zero, `alpha * x` below. */
export const leakyRelu = (x: Handle, alpha: number): Handle => parametric(x, constant(alpha, 'float32'));

/** `x` above zero, `exp(x) - 1` below. */
const elu = (x: Handle): Handle => addScaled(rectify(x), expm1(minimum(x, zero())), 1);

/** What a fused kernel ends with. */
export interface FusedActivation {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}

/**
 * The activation of a fused kernel.
 *
 * @throws TypeError for one that TensorFlow.js does not fuse.
 */
export function activate(
  x: Handle,
  { activation = 'linear', leakyreluAlpha = 0.2 }: FusedActivation,
  weights?: Handle,
): Handle {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return rectify(x);
    case 'relu6':
      return rectify6(x);
    case 'elu':
      return elu(x);
    case 'sigmoid':
      return sigmoid(x);
    case 'tanh':
      return tanh(x);
    case 'leakyrelu':
      return leakyRelu(x, leakyreluAlpha);
    case 'prelu':
      if (weights !== undefined) return parametric(x, weights);
      throw new TypeError("activation 'prelu' needs preluActivationWeights");
    default:
      throw new TypeError(`activation must be one that TensorFlow.js fuses, but is '${activation}'`);
  }
}

/** Activations. Of integers, the ones that are not closed on them give float32. */
export const activation: readonly KernelConfig[] = [
  kernel<Operands<'x'>>('Relu', ({ x }) => rectify(numeric(x))),
  kernel<Operands<'x'>>('Relu6', ({ x }) => rectify6(numeric(x))),
  kernel<Operands<'x'>>('Elu', ({ x }) => elu(real(x))),
  kernel<Operands<'x'>>('Selu', ({ x }) => selu(real(x))),
  kernel<Operands<'x'>>('Sigmoid', ({ x }) => sigmoid(real(x))),
  kernel<Operands<'x'>>('Tanh', ({ x }) => tanh(real(x))),
  kernel<Operands<'x'>>('Softplus', ({ x }) => logAddExp(real(x), zero())),
  kernel<Operands<'x'>, { alpha: number }>('LeakyRelu', ({ x }, { alpha }) => leakyRelu(real(x), alpha)),
  kernel<Operands<'x' | 'alpha'>>('Prelu', ({ x, alpha }) => parametric(real(x), real(alpha))),
  kernel<Operands<'logits'>, { dim: number }>('Softmax', ({ logits }, { dim }) => softmax(real(logits), dim, null)),
];
