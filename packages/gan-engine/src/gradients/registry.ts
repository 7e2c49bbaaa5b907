import { type GradConfig, version_core } from '@tensorflow/tfjs-core';

/**
 * Every gradient that is registered with TensorFlow.js, by kernel, where it keeps them itself: it has no list of them to give.
 *
 * @throws Error if this version of TensorFlow.js keeps them elsewhere.
 */
export function gradientRegistry(): Map<string, GradConfig> {
  const globals = (globalThis as { _tfGlobals?: Map<string, unknown> })._tfGlobals;
  const gradients = globals?.get('gradRegistry');
  if (gradients instanceof Map) return gradients;
  throw new Error(`@tensorflow/tfjs-core ${version_core} keeps its gradients in another place than 4.22 does`);
}
