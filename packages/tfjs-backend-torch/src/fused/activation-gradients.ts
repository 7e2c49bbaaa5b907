import {
  engine,
  type GradConfig,
  mul,
  sigmoid,
  square,
  sub,
  type Tensor,
  tanh,
  zerosLike,
} from '@tensorflow/tfjs-core';

const run = (kernel: string, inputs: Record<string, Tensor>, attributes = {}): Tensor =>
  engine().runKernel(kernel, inputs, attributes);

/** `dy * f'(x)`, linear in dy, so that its gradient there is the kernel again; f is piecewise linear in x. */
const piecewise = (kernelName: string): GradConfig => ({
  kernelName,
  inputsToSave: ['x'],
  gradFunc: (upstream, [x], attributes) => ({
    dy: () => run(kernelName, { dy: upstream as Tensor, x: x! }, attributes),
    x: () => zerosLike(x!),
  }),
});

/**
 * `dy * f'(x)` of a smooth f. The second derivative is calculated from x anew: a saved y was recorded before its own node
 * and leads nowhere on the tape.
 */
const smooth = (kernelName: string, inputsToSave: string[], second: (x: Tensor) => Tensor): GradConfig => ({
  kernelName,
  inputsToSave,
  gradFunc: (upstream, [dy, x, y]) => ({
    dy: () => run(kernelName, { dy: upstream as Tensor, x: x!, ...(y && { y }) }),
    x: () => mul(mul(upstream as Tensor, dy!), second(x!)),
    y: () => zerosLike(y!),
  }),
});

/** `s (1 - s)`, the derivative of the sigmoid s. */
const sigmoidSlope = (s: Tensor): Tensor => mul(s, sub(1, s));

/** The gradients of this backend's own backward kernels, right to second order and beyond. */
export const activationGradients: readonly GradConfig[] = [
  piecewise('ReluGrad'),
  piecewise('LeakyReluGrad'),
  smooth('TanhGrad', ['dy', 'x', 'y'], (x) => {
    const t = tanh(x);
    return mul(mul(-2, t), sub(1, square(t)));
  }),
  smooth('SigmoidGrad', ['dy', 'x', 'y'], (x) => {
    const s = sigmoid(x);
    return mul(sigmoidSlope(s), sub(1, mul(2, s)));
  }),
  smooth('SoftplusGrad', ['dy', 'x'], (x) => sigmoidSlope(sigmoid(x))),
];
