import { layers } from '@tensorflow/tfjs-layers';
import { scaling } from '../layers/scaling.js';

/** Leaky ReLU of 0.2 times sqrt(2), so that the variance stays: that of StyleGAN2. */
export const scaledLeak = (): readonly layers.Layer[] => [
  layers.leakyReLU({ alpha: 0.2 }),
  scaling({ factor: Math.SQRT2 }),
];
