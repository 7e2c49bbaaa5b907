import { serialization } from '@tensorflow/tfjs-core';
import { addedBias } from './added-bias.js';
import { attention } from './attention.js';
import { batchStandardization } from './batch-standardization.js';
import { bilinearUpsampling } from './bilinear-upsampling.js';
import { coordinateFeatures } from './coordinate-features.js';
import { equalizedConv2d } from './equalized-conv2d.js';
import { equalizedDense } from './equalized-dense.js';
import { fading } from './fading.js';
import { filteredDownsampling, filteredUpsampling, filtering } from './filtered-resampling.js';
import { firstChannels } from './first-channels.js';
import { fourierFeatures } from './fourier-features.js';
import { gatedConv2d } from './gated-conv2d.js';
import { gatedLinearUnit } from './gated-linear-unit.js';
import { groupNormalization, instanceNormalization } from './group-normalization.js';
import { groupedConv2d } from './grouped-conv2d.js';
import { layerNormalization } from './layer-normalization.js';
import { learnedConstant } from './learned-constant.js';
import { learnedScale } from './learned-scale.js';
import { minibatchDiscrimination } from './minibatch-discrimination.js';
import { minibatchStandardDeviation } from './minibatch-standard-deviation.js';
import { modulatedConv2d } from './modulated-conv2d.js';
import { modulation } from './modulation.js';
import { noiseInjection } from './noise-injection.js';
import { partialConv2d, partialMask } from './partial-conv2d.js';
import { pixelNormalization } from './pixel-normalization.js';
import { pixelShuffle } from './pixel-shuffle.js';
import { quartersApart, quartersTogether } from './quarters.js';
import { scaling } from './scaling.js';
import { sine } from './sine.js';
import { spectralNormalization } from './spectral-normalization.js';
import { styleAt, styleAverage, styleMixing } from './styles.js';
import { virtualBatchNormalization } from './virtual-batch-normalization.js';

/** Every layer of this package. */
const all = [
  addedBias,
  attention,
  batchStandardization,
  bilinearUpsampling,
  coordinateFeatures,
  equalizedConv2d,
  equalizedDense,
  fading,
  filteredDownsampling,
  filteredUpsampling,
  filtering,
  firstChannels,
  fourierFeatures,
  gatedConv2d,
  gatedLinearUnit,
  groupNormalization,
  groupedConv2d,
  instanceNormalization,
  layerNormalization,
  learnedConstant,
  learnedScale,
  minibatchDiscrimination,
  minibatchStandardDeviation,
  modulatedConv2d,
  modulation,
  noiseInjection,
  partialConv2d,
  partialMask,
  pixelNormalization,
  pixelShuffle,
  quartersApart,
  quartersTogether,
  scaling,
  sine,
  styleAt,
  styleAverage,
  styleMixing,
  spectralNormalization,
  virtualBatchNormalization,
] as const;

/**
 * Tells tfjs-layers the layers of this package, so that it can make them again from a saved model. To be called once
 * before a model with such layers is loaded; importing the package alone registers nothing.
 */
export function registerLayers(): void {
  for (const { layerClass } of all) serialization.registerClass(layerClass);
}
