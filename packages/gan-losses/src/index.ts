export type { Augment } from './augment.js';
export { type AuxiliaryClassifierOptions, auxiliaryClassifier } from './auxiliary-classifier.js';
export { type BoundaryEquilibriumOptions, boundaryEquilibrium } from './boundary-equilibrium.js';
export { categoricalInformation } from './categorical-information.js';
export { type ConditionalContrastiveOptions, conditionalContrastive } from './conditional-contrastive.js';
export { type ConsistencyOptions, consistency } from './consistency.js';
export { type ContinuousInformationOptions, continuousInformation } from './continuous-information.js';
export { type ComparisonOptions, cycleConsistency } from './cycle-consistency.js';
export { type DataToDataCrossEntropyOptions, dataToDataCrossEntropy } from './data-to-data-cross-entropy.js';
export type { Distance } from './distances.js';
export {
  type Divergence,
  jensenShannon,
  kullbackLeibler,
  pearson,
  reverseKullbackLeibler,
  squaredHellinger,
  totalVariationDistance,
} from './divergences.js';
export { type DiversitySensitiveOptions, diversitySensitive } from './diversity-sensitive.js';
export { type DraganOptions, dragan } from './dragan.js';
export { type DriftOptions, drift } from './drift.js';
export { dualContrastive } from './dual-contrastive.js';
export { type EnergyBasedOptions, energyBased } from './energy-based.js';
export { type FGanOptions, fGan } from './f-gan.js';
export { featureMatching } from './feature-matching.js';
export { type FlipAndTranslateOptions, flipAndTranslate } from './flip-and-translate.js';
export { type GradientPenaltyOptions, gradientPenalty } from './gradient-penalty.js';
export { hinge } from './hinge.js';
export { type HistoricalAveragingOptions, historicalAveraging } from './historical-averaging.js';
export { type HuberOptions, huber } from './huber.js';
export { identityMapping } from './identity-mapping.js';
export { gaussianMixture, type Kernel, rationalQuadratic } from './kernels.js';
export { l1 } from './l1.js';
export { l2 } from './l2.js';
export { type LatentConsistencyOptions, latentConsistency } from './latent-consistency.js';
export { type LeCamOptions, leCam } from './le-cam.js';
export { type LeastSquaresOptions, leastSquares } from './least-squares.js';
export { type LipschitzPenaltyOptions, lipschitzPenalty } from './lipschitz-penalty.js';
export { type MapWeightedOptions, mapWeighted } from './map-weighted.js';
export { type MaximumMeanDiscrepancyOptions, maximumMeanDiscrepancy } from './maximum-mean-discrepancy.js';
export { minimax } from './minimax.js';
export { type ModeSeekingOptions, modeSeeking } from './mode-seeking.js';
export { multiHinge } from './multi-hinge.js';
export { nonSaturating, type SmoothingOptions } from './non-saturating.js';
export { type OrthogonalOptions, orthogonal } from './orthogonal.js';
export { type PathLengthOptions, pathLength } from './path-length.js';
export { type FrozenNetwork, type PerceptualOptions, perceptual } from './perceptual.js';
export { pullingAway } from './pulling-away.js';
export { type R1Options, r1 } from './r1.js';
export { type R2Options, r2 } from './r2.js';
export { type RelativisticOptions, relativistic } from './relativistic.js';
export { relativisticAverage } from './relativistic-average.js';
export type { RelativisticLoss } from './relativistic-loss.js';
export { type RotationOptions, rotation } from './rotation.js';
export { semiSupervised } from './semi-supervised.js';
export { softmaxGan } from './softmax-gan.js';
export { type SsimOptions, ssim } from './ssim.js';
export { type TopKOptions, topK } from './top-k.js';
export { type TotalVariationOptions, totalVariation } from './total-variation.js';
export { twinAuxiliaryClassifier } from './twin-auxiliary-classifier.js';
export { wasserstein } from './wasserstein.js';
export { type WassersteinDivergenceOptions, wassersteinDivergence } from './wasserstein-divergence.js';
export { type WeightClippingOptions, weightClipping } from './weight-clipping.js';
export { type ZeroCenteredPenaltyOptions, zeroCenteredPenalty } from './zero-centered-penalty.js';
