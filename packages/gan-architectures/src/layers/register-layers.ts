import { serialization } from '@tensorflow/tfjs-core';
import { pixelNorm } from './pixel-norm.js';

/** Every layer of this package. */
const all = [pixelNorm] as const;

/**
 * Tells tfjs-layers the layers of this package, so that it can make them again from a saved model. To be called once
 * before a model with such layers is loaded; importing the package alone registers nothing.
 */
export function registerLayers(): void {
  for (const { layerClass } of all) serialization.registerClass(layerClass);
}
