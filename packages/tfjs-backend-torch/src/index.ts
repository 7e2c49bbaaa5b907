export { type AdamResult, type AdamStep, fusedAdam } from './fused/adam.js';
export { fusedAverage } from './fused/average.js';
export { batchNormTraining, type NormalisedBatch } from './fused/batch-norm.js';
export { symmetricEigenvalues } from './fused/eigenvalues.js';
export { installFusedLayers, type LayersModule } from './fused/layers.js';
export { registerTorchGradients } from './fused/register-gradients.js';
export { liveHandles } from './native/handle.js';
export { TorchError } from './native/torch-error.js';
export { registerTorch, type TorchInfo } from './register.js';
