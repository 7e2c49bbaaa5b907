import { customGrad, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Runs `body` without recording it: its result counts as a constant in every gradient. What other libraries call
 * `stop_gradient` or `detach`; TensorFlow.js has none, but a custom gradient of no inputs is one.
 */
export const untaped = <T extends Tensor>(body: () => T): T =>
  customGrad(() => ({ value: body(), gradFunc: () => [] }))() as T;
