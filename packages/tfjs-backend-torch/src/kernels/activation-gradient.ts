import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant } from '../native/memory.js';
import { addScaled } from '../native/scalars.js';

const sign = aten('sign');
const maximum = aten('maximum');
const minimum = aten('minimum');
const multiply = aten('mul.Tensor');
const sigmoid = aten('sigmoid');
const tanhBackward = aten('tanh_backward');
const sigmoidBackward = aten('sigmoid_backward');

/** `dy` where x is above zero, `alpha * dy` elsewhere, for 0 <= alpha <= 1: three plain passes are faster than a choice. */
const leaky = (dy: Handle, x: Handle, alpha: number): Handle => {
  const signs = sign(x);
  const slopes = maximum(signs, constant(alpha, 'float32'));
  signs.free();
  return multiply(dy, slopes);
};

/**
 * What activations contribute to backpropagation: kernels of this backend's own, differentiable in turn
 * (`registerTorchGradients`). Where a kernel is given both x and y = f(x), y only spares calculating it again.
 */
export const activationGradient: readonly KernelConfig[] = [
  kernel<Operands<'dy' | 'x'>>('ReluGrad', ({ dy, x }) => leaky(dy.handle, x.handle, 0)),
  kernel<Operands<'dy' | 'x'>, { alpha: number }>('LeakyReluGrad', ({ dy, x }, { alpha }) =>
    leaky(dy.handle, x.handle, alpha),
  ),
  kernel<Operands<'dy' | 'x' | 'y'>>('TanhGrad', ({ dy, y }) => tanhBackward(dy.handle, y.handle)),
  kernel<Operands<'dy' | 'x' | 'y'>>('SigmoidGrad', ({ dy, y }) => sigmoidBackward(dy.handle, y.handle)),
  // TensorFlow.js's own: dy where y = elu(x) is not negative, dy * (y + 1) elsewhere.
  kernel<Operands<'dy' | 'y'>>('EluGrad', ({ dy, y }) => {
    const slope = addScaled(minimum(y.handle, constant(0, 'float32')), constant(1, 'float32'), 1);
    return multiply(dy.handle, slope);
  }),
  kernel<Operands<'dy' | 'x'>>('SoftplusGrad', ({ dy, x }) => multiply(dy.handle, sigmoid(x.handle))),
];
