export { type AdaAugmentOptions, type AdaTransform, adaAugment } from './augmentation/ada-augment.js';
export type { Augment } from './augmentation/augment.js';
export { type DiffAugmentOptions, diffAugment } from './augmentation/diff-augment.js';
export type { ClassCondition } from './blocks/class-condition.js';
export { type ConditionalNormalizationOptions, conditionalNormalization } from './blocks/conditional-normalization.js';
export type { Growing } from './blocks/growth.js';
export type { Guesses, HeadPorts } from './blocks/heads.js';
export type { JudgeOutputs, ScoreHead } from './blocks/judge-score.js';
export { type SpadeResidualOptions, spadeResidual } from './blocks/spade-residual.js';
export { addedBias } from './layers/added-bias.js';
export { type AttentionOptions, attention } from './layers/attention.js';
export { type BatchStandardizationOptions, batchStandardization } from './layers/batch-standardization.js';
export { bilinearUpsampling } from './layers/bilinear-upsampling.js';
export { type CoordinateFeaturesOptions, coordinateFeatures } from './layers/coordinate-features.js';
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
export { fading } from './layers/fading.js';
export {
  type FilteringOptions,
  filteredDownsampling,
  filteredUpsampling,
  filtering,
} from './layers/filtered-resampling.js';
export { type FirstChannelsOptions, firstChannels } from './layers/first-channels.js';
export { type FourierFeaturesOptions, fourierFeatures } from './layers/fourier-features.js';
export type { Gated } from './layers/gated.js';
export { type GatedConv2dOptions, gatedConv2d } from './layers/gated-conv2d.js';
export { gatedLinearUnit } from './layers/gated-linear-unit.js';
export {
  type GroupNormalizationOptions,
  groupNormalization,
  type InstanceNormalizationOptions,
  instanceNormalization,
} from './layers/group-normalization.js';
export { type GroupedConv2dOptions, groupedConv2d } from './layers/grouped-conv2d.js';
export { type LayerNormalizationOptions, layerNormalization } from './layers/layer-normalization.js';
export { type LearnedConstantOptions, learnedConstant } from './layers/learned-constant.js';
export { type LearnedScaleOptions, learnedScale } from './layers/learned-scale.js';
export { type MinibatchDiscriminationOptions, minibatchDiscrimination } from './layers/minibatch-discrimination.js';
export {
  type MinibatchStandardDeviationOptions,
  minibatchStandardDeviation,
} from './layers/minibatch-standard-deviation.js';
export { type ModulatedConv2dOptions, modulatedConv2d } from './layers/modulated-conv2d.js';
export { modulation } from './layers/modulation.js';
export { type NoiseInjectionOptions, noiseInjection } from './layers/noise-injection.js';
export { type OptionCheck, oneOf, optional } from './layers/option-check.js';
export {
  type PartialConv2dOptions,
  type PartialMaskOptions,
  partialConv2d,
  partialMask,
} from './layers/partial-conv2d.js';
export { type PixelNormalizationOptions, pixelNormalization } from './layers/pixel-normalization.js';
export { type PixelShuffleOptions, pixelShuffle } from './layers/pixel-shuffle.js';
export { quartersApart, quartersTogether } from './layers/quarters.js';
export { registerLayers } from './layers/register-layers.js';
export { type ScalingOptions, scaling } from './layers/scaling.js';
export { sine } from './layers/sine.js';
export { type SpectralNormalizationOptions, spectralNormalization } from './layers/spectral-normalization.js';
export {
  type StyleAtOptions,
  type StyleAverageOptions,
  type StyleMixingOptions,
  styleAt,
  styleAverage,
  styleMixing,
} from './layers/styles.js';
export {
  type VirtualBatchNormalizationOptions,
  virtualBatchNormalization,
} from './layers/virtual-batch-normalization.js';
export {
  embeddedHalfSpectral,
  halfSpectral,
  type SpectralLayout,
  type TorchLayer,
  torchBatchNorm,
  torchConvolution,
  torchCounts,
  torchDense,
  torchSpectral,
  torchTransposedConvolution,
} from './names/torch-layers.js';
export { type BeganAutoencoderOptions, beganAutoencoder } from './networks/began/began-autoencoder.js';
export { type BeganGeneratorOptions, beganGenerator } from './networks/began/began-generator.js';
export type { BeganSize } from './networks/began/began-shape.js';
export {
  type BigganDeepDiscriminatorOptions,
  bigganDeepDiscriminator,
} from './networks/biggan/biggan-deep-discriminator.js';
export { type BigganDeepGeneratorOptions, bigganDeepGenerator } from './networks/biggan/biggan-deep-generator.js';
export { type BigganDiscriminatorOptions, bigganDiscriminator } from './networks/biggan/biggan-discriminator.js';
export { type BigganGeneratorOptions, bigganGenerator } from './networks/biggan/biggan-generator.js';
export { bigganDeepNames, bigganNames } from './networks/biggan/biggan-names.js';
export { type BigganPretrainedOptions, bigganPretrainedNames } from './networks/biggan/biggan-pretrained-names.js';
export type { BigganSize } from './networks/biggan/biggan-table.js';
export { type DcganDiscriminatorOptions, dcganDiscriminator } from './networks/dcgan/dcgan-discriminator.js';
export { type DcganGeneratorOptions, dcganGenerator } from './networks/dcgan/dcgan-generator.js';
export { dcganTutorialNames } from './networks/dcgan/dcgan-tutorial-names.js';
export { torchganNames } from './networks/dcgan/torchgan-names.js';
export { type EbganAutoencoderOptions, ebganAutoencoder } from './networks/ebgan/ebgan-autoencoder.js';
export { type FastganDecoderOptions, fastganDecoder } from './networks/fastgan/fastgan-decoder.js';
export { type FastganDiscriminatorOptions, fastganDiscriminator } from './networks/fastgan/fastgan-discriminator.js';
export { type FastganGeneratorOptions, fastganGenerator } from './networks/fastgan/fastgan-generator.js';
export { fastganNames } from './networks/fastgan/fastgan-names.js';
export { type MlpAutoencoderOptions, mlpAutoencoder } from './networks/mlp/mlp-autoencoder.js';
export { type MlpDiscriminatorOptions, mlpDiscriminator } from './networks/mlp/mlp-discriminator.js';
export { type MlpGeneratorOptions, mlpGenerator } from './networks/mlp/mlp-generator.js';
export { type PatchDiscriminatorOptions, patchDiscriminator } from './networks/patch/patch-discriminator.js';
export { proGanPthNames } from './networks/progressive/pro-gan-pth-names.js';
export {
  type ProgressiveDiscriminatorOptions,
  progressiveDiscriminator,
} from './networks/progressive/progressive-discriminator.js';
export {
  type ProgressiveGeneratorOptions,
  progressiveGenerator,
} from './networks/progressive/progressive-generator.js';
export { featureMaps } from './networks/projected/feature-maps.js';
export {
  type ProjectedDiscriminatorOptions,
  projectedDiscriminator,
} from './networks/projected/projected-discriminator.js';
export { type R3ganDiscriminatorOptions, r3ganDiscriminator } from './networks/r3gan/r3gan-discriminator.js';
export { type R3ganGeneratorOptions, r3ganGenerator } from './networks/r3gan/r3gan-generator.js';
export { type R3ganNamesOptions, r3ganNames } from './networks/r3gan/r3gan-names.js';
export type { R3ganSize } from './networks/r3gan/r3gan-shape.js';
export { mimicryNames } from './networks/resnet/mimicry-names.js';
export { type ResnetDiscriminatorOptions, resnetDiscriminator } from './networks/resnet/resnet-discriminator.js';
export { type ResnetGeneratorOptions, resnetGenerator } from './networks/resnet/resnet-generator.js';
export { type SnDcganDiscriminatorOptions, snDcganDiscriminator } from './networks/sn-dcgan/sn-dcgan-discriminator.js';
export { type SnDcganGeneratorOptions, snDcganGenerator } from './networks/sn-dcgan/sn-dcgan-generator.js';
export {
  type StyleganDiscriminatorOptions,
  styleganDiscriminator,
} from './networks/stylegan/stylegan-discriminator.js';
export { type StyleganMappingOptions, styleganMapping } from './networks/stylegan/stylegan-mapping.js';
export { type StyleganSynthesisOptions, styleganSynthesis } from './networks/stylegan/stylegan-synthesis.js';
export {
  type Stylegan2DiscriminatorOptions,
  stylegan2Discriminator,
} from './networks/stylegan2/stylegan2-discriminator.js';
export { type Stylegan2GeneratorOptions, stylegan2Generator } from './networks/stylegan2/stylegan2-generator.js';
export { type Stylegan2MappingOptions, stylegan2Mapping } from './networks/stylegan2/stylegan2-mapping.js';
export { stylegan2Names } from './networks/stylegan2/stylegan2-names.js';
export type { Stylegan2Width } from './networks/stylegan2/stylegan2-shape.js';
export { type Stylegan2SynthesisOptions, stylegan2Synthesis } from './networks/stylegan2/stylegan2-synthesis.js';
export { type TruncatedStylesOptions, truncatedStyles } from './networks/stylegan2/truncated-styles.js';
export { type VitDiscriminatorOptions, vitDiscriminator } from './networks/transformer/vit-discriminator.js';
export { type VitGeneratorOptions, vitGenerator } from './networks/transformer/vit-generator.js';
export type { VitSize } from './networks/transformer/vit-shape.js';
export { type UnetDiscriminatorOptions, unetDiscriminator } from './networks/u-net/unet-discriminator.js';
export type {
  Conditioned,
  GeneratorPortOptions,
  JudgePortOptions,
  LatentInputs,
  LatentsPort,
  SampleInputs,
} from './ports.js';
export { type AdaptiveAugmentationOptions, adaptiveAugmentation } from './wrappers/adaptive-augmentation.js';
export {
  type AdaptivePseudoAugmentationOptions,
  adaptivePseudoAugmentation,
} from './wrappers/adaptive-pseudo-augmentation.js';
export { atScale, type ScaleOptions } from './wrappers/at-scale.js';
export { type AugmentedOptions, augmented } from './wrappers/augmented.js';
export { type CenteredOptions, centered } from './wrappers/centered.js';
export { type InstanceNoiseOptions, instanceNoise } from './wrappers/instance-noise.js';
export { type Judges, type JuryInputs, type JuryOutputs, jury } from './wrappers/jury.js';
export type { OverfittingOptions } from './wrappers/overfitting-controller.js';
export { type PackedOptions, packed, type Unpacked } from './wrappers/packed.js';
export {
  type EnergyPorts,
  type ReconstructionEnergyOptions,
  reconstructionEnergy,
} from './wrappers/reconstruction-energy.js';
export { type Several, severalGenerators } from './wrappers/several-generators.js';
export { type Coded, type Codes, withCodes } from './wrappers/with-codes.js';
export { type Headed, type HeadsOptions, withHeads } from './wrappers/with-heads.js';
export { type ReferenceBatchOptions, withReferenceBatch } from './wrappers/with-reference-batch.js';
