import { layers } from '@tensorflow/tfjs-layers';
import { equalizedConv2d } from '../layers/equalized-conv2d.js';

/** A convolution before a leaky ReLU. */
export const growingConv2d = (filters: number, kernelSize: 1 | 3, name: string): layers.Layer =>
  equalizedConv2d({ filters, kernelSize, gain: Math.SQRT2, name });

/** The leaky ReLU of networks that grow. */
export const growingLeak = (): layers.Layer => layers.leakyReLU({ alpha: 0.2 });

/** Half the sides, by means of four places. */
export const growingDown = (): layers.Layer => layers.averagePooling2d({ poolSize: 2 });
