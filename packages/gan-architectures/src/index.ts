export type { ClassCondition } from './class-condition.js';
export { type DcganDiscriminatorOptions, dcganDiscriminator } from './dcgan-discriminator.js';
export { type DcganGeneratorOptions, dcganGenerator } from './dcgan-generator.js';
export type { ScoreHead } from './judge-score.js';
export { type AttentionOptions, attention } from './layers/attention.js';
export {
  defineLayer,
  type LayerCall,
  type LayerDefinition,
  type LayerFactory,
  type LayerShape,
  type LayerWeight,
} from './layers/define-layer.js';
export { type EqualizedConv2dOptions, equalizedConv2d } from './layers/equalized-conv2d.js';
export { type EqualizedDenseOptions, equalizedDense } from './layers/equalized-dense.js';
export { filteredDownsampling, filteredUpsampling } from './layers/filtered-resampling.js';
export { type FourierFeaturesOptions, fourierFeatures } from './layers/fourier-features.js';
export {
  type GroupNormalizationOptions,
  groupNormalization,
  type InstanceNormalizationOptions,
  instanceNormalization,
} from './layers/group-normalization.js';
export { type LearnedScaleOptions, learnedScale } from './layers/learned-scale.js';
export { type MinibatchDiscriminationOptions, minibatchDiscrimination } from './layers/minibatch-discrimination.js';
export {
  type MinibatchStandardDeviationOptions,
  minibatchStandardDeviation,
} from './layers/minibatch-standard-deviation.js';
export { type ModulatedConv2dOptions, modulatedConv2d } from './layers/modulated-conv2d.js';
export { modulation } from './layers/modulation.js';
export { noiseInjection } from './layers/noise-injection.js';
export {
  type PartialConv2dOptions,
  type PartialMaskOptions,
  partialConv2d,
  partialMask,
} from './layers/partial-conv2d.js';
export { type PixelNormalizationOptions, pixelNormalization } from './layers/pixel-normalization.js';
export { type PixelShuffleOptions, pixelShuffle } from './layers/pixel-shuffle.js';
export { registerLayers } from './layers/register-layers.js';
export { type SpectralNormalizationOptions, spectralNormalization } from './layers/spectral-normalization.js';
export {
  type VirtualBatchNormalizationOptions,
  virtualBatchNormalization,
} from './layers/virtual-batch-normalization.js';
export { type MlpAutoencoderOptions, mlpAutoencoder } from './mlp-autoencoder.js';
export { type MlpDiscriminatorOptions, mlpDiscriminator } from './mlp-discriminator.js';
export { type MlpGeneratorOptions, mlpGenerator } from './mlp-generator.js';
export type { Conditioned, LatentsPort } from './ports.js';
export { type EnergyPorts, type ReconstructionEnergyOptions, reconstructionEnergy } from './reconstruction-energy.js';
export { type InstanceNoiseOptions, instanceNoise } from './wrappers/instance-noise.js';
export { type PackedOptions, packed, type Unpacked } from './wrappers/packed.js';
export { type ReferenceBatchOptions, withReferenceBatch } from './wrappers/with-reference-batch.js';
