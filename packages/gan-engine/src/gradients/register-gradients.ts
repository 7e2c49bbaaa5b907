import '@tensorflow/tfjs-layers';
import { registerActivationGradients } from './activations.js';
import { registerBatchNormGradient } from './batch-norm.js';
import { registerChainedOps } from './chained-ops.js';
import { registerConstantGradients } from './constant.js';
import { registerConvolutionGradients } from './convolutions.js';
import { registerEinsumGradient } from './einsum.js';
import { registerElementwiseGradients } from './elementwise.js';
import { registerFusedGradients } from './fused.js';
import { mendTape } from './mend-tape.js';
import { registerPoolingGradients } from './pooling.js';
import { registerRearrangingGradients } from './rearranging.js';
import { registerReductionGradients } from './reductions.js';
import { registerResizingGradients } from './resizing.js';

/**
 * Makes the gradients of TensorFlow.js right, to any order, on every engine (docs/second-order.md says which). They
 * replace the stock ones, which importing tfjs-layers registers. `engine()` calls this; calling it again does nothing.
 *
 * @throws Error if this version of TensorFlow.js records its gradients in another way.
 */
export function registerGradients(): void {
  mendTape();
  registerConstantGradients();
  registerActivationGradients();
  registerElementwiseGradients();
  registerReductionGradients();
  registerConvolutionGradients();
  registerFusedGradients();
  registerPoolingGradients();
  registerResizingGradients();
  registerRearrangingGradients();
  registerEinsumGradient();
  registerBatchNormGradient();
  registerChainedOps();
}
