import { getGradient, registerGradient } from '@tensorflow/tfjs-core';
import { activationGradients } from './activation-gradients.js';
import { batchNormTrainingGradients } from './batch-norm-gradients.js';
import { groupedConvolutionGradients } from './grouped-convolution-gradients.js';

/**
 * Registers the gradients of the kernels that only this backend has: convolutions in groups, batch normalisation in training,
 * their backward kernels and those of the activations. TensorFlow.js keeps gradients apart from backends; doing it twice
 * changes nothing.
 */
export function registerTorchGradients(): void {
  for (const gradient of [...activationGradients, ...batchNormTrainingGradients, ...groupedConvolutionGradients])
    if (getGradient(gradient.kernelName) == null) registerGradient(gradient);
}
