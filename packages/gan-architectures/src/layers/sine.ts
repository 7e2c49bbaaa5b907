import { sin } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';

/**
 * The sine of every number, as an activation: y = sin(x).
 *
 * @returns A layer from any shape to the same.
 * @see Sitzmann et al. (2020), arXiv:2006.09661, section 3.
 */
export const sine = defineLayer({ name: 'Sine', options: {}, call: ({ inputs: [x] }) => sin(x!) });
