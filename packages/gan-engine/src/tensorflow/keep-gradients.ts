import { gradientRegistry } from '../gradients/registry.js';

/**
 * Lets something load that registers gradients of its own, and puts those that there were back in place afterwards: the
 * bundle that tfjs-node brings registers all of the stock ones anew, over the right ones and over the user's.
 *
 * @throws What `load` throws. Error if this version of TensorFlow.js keeps its gradients elsewhere.
 */
export function keepingGradients<T>(load: () => T): T {
  const gradients = gradientRegistry();
  const before = [...gradients];
  try {
    return load();
  } finally {
    for (const [kernel, gradient] of before) gradients.set(kernel, gradient);
  }
}
