import { type GradConfig, version_core } from '@tensorflow/tfjs-core';

/** Where TensorFlow.js keeps its gradients, by kernel; it has no list of them to give. */
function registry(): Map<string, GradConfig> {
  const globals = (globalThis as { _tfGlobals?: Map<string, unknown> })._tfGlobals;
  const gradients = globals?.get('gradRegistry');
  if (gradients instanceof Map) return gradients;
  throw new Error(`@tensorflow/tfjs-core ${version_core} keeps its gradients in another place than 4.22 does`);
}

/**
 * Lets something load that registers gradients of its own, and puts those that there were back in place afterwards: the
 * bundle that tfjs-node brings registers all of the stock ones anew, over the right ones and over the user's.
 *
 * @throws What `load` throws. Error if this version of TensorFlow.js keeps its gradients elsewhere.
 */
export function keepingGradients<T>(load: () => T): T {
  const gradients = registry();
  const before = [...gradients];
  try {
    return load();
  } finally {
    for (const [kernel, gradient] of before) gradients.set(kernel, gradient);
  }
}
