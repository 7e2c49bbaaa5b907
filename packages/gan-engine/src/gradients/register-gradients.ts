import '@tensorflow/tfjs-layers';
import { registerActivationGradients } from './activations.js';
import { registerChainedOps } from './chained-ops.js';
import { registerComplexGradients } from './complex.js';
import { registerConstantGradients } from './constant.js';
import { registerConvolutionGradients } from './convolutions.js';
import { registerDilationGradient } from './dilation.js';
import { registerEinsumGradient } from './einsum.js';
import { registerElementwiseGradients } from './elementwise.js';
import { registerFusedGradients } from './fused.js';
import { registerImageGradients } from './images.js';
import { registerIndexingGradients } from './indexing.js';
import { replaceSoftmaxCrossEntropy } from './losses.js';
import { registerProductGradient } from './matrix-product.js';
import { registerNormalisationGradients } from './normalisation.js';
import { registerPoolingGradients } from './pooling.js';
import { registerRearrangingGradients } from './rearranging.js';
import { registerReductionGradients } from './reductions.js';
import { registerResizingGradients } from './resizing.js';
import { mendTape } from './tape/mend-tape.js';
import { registerTransformGradient } from './transform.js';

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
  registerProductGradient();
  registerFusedGradients();
  registerPoolingGradients();
  registerResizingGradients();
  registerRearrangingGradients();
  registerEinsumGradient();
  registerIndexingGradients();
  registerComplexGradients();
  registerDilationGradient();
  registerImageGradients();
  registerTransformGradient();
  registerNormalisationGradients();
  replaceSoftmaxCrossEntropy();
  registerChainedOps();
}
