import { mul, sigmoid, square, step, sub } from '@tensorflow/tfjs-core';
import { kernel } from '../kernels/call.js';
import { replaceGradient, replaceGradientOfOutput } from './replace-gradient.js';
import { hasKernel } from './shapes-of.js';

/**
 * The activations that networks spend their time in. An engine may have a kernel for the whole gradient (`ReluGrad`
 * and so on, with a gradient of its own); elsewhere it is written with the fewest ops.
 */
export function registerActivationGradients(): void {
  replaceGradient('Relu', ['x'], (dy, [x]) => ({
    x: () => (hasKernel('ReluGrad') ? kernel('ReluGrad', { dy, x }, {}) : mul(dy, step(x))),
  }));

  // A step of alpha and 1: one multiplication instead of a comparison, a product and a choice.
  replaceGradient('LeakyRelu', ['x'], (dy, [x], attributes: { alpha: number }) => ({
    x: () =>
      hasKernel('LeakyReluGrad') ? kernel('LeakyReluGrad', { dy, x }, attributes) : mul(dy, step(x, attributes.alpha)),
  }));

  replaceGradient('Softplus', ['x'], (dy, [x]) => ({
    x: () => (hasKernel('SoftplusGrad') ? kernel('SoftplusGrad', { dy, x }, {}) : mul(dy, sigmoid(x))),
  }));

  replaceGradientOfOutput('Tanh', (dy, saved) =>
    hasKernel('TanhGrad') ? kernel('TanhGrad', { dy, ...saved }, {}) : mul(dy, sub(1, square(saved.y))),
  );

  replaceGradientOfOutput('Sigmoid', (dy, saved) =>
    hasKernel('SigmoidGrad') ? kernel('SigmoidGrad', { dy, ...saved }, {}) : mul(dy, mul(saved.y, sub(1, saved.y))),
  );
}
