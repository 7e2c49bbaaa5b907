export { type BoundaryEquilibriumOptions, boundaryEquilibrium } from './adversarial/boundary-equilibrium.js';
export {
  type Divergence,
  jensenShannon,
  kullbackLeibler,
  pearson,
  reverseKullbackLeibler,
  squaredHellinger,
  totalVariationDistance,
} from './adversarial/divergences.js';
export { dualContrastive } from './adversarial/dual-contrastive.js';
export { type EnergyBasedOptions, energyBased } from './adversarial/energy-based.js';
export { type FGanOptions, fGan } from './adversarial/f-gan.js';
export { hinge } from './adversarial/hinge.js';
export { gaussianMixture, type Kernel, rationalQuadratic } from './adversarial/kernels.js';
export { type LeastSquaresOptions, leastSquares } from './adversarial/least-squares.js';
export { type MaximumMeanDiscrepancyOptions, maximumMeanDiscrepancy } from './adversarial/maximum-mean-discrepancy.js';
export { minimax } from './adversarial/minimax.js';
export { multiAgentDiverse } from './adversarial/multi-agent-diverse.js';
export { multiHinge } from './adversarial/multi-hinge.js';
export { nonSaturating, type SmoothingOptions } from './adversarial/non-saturating.js';
export { type JuryOptions, type JuryPorts, ofJury } from './adversarial/of-jury.js';
export { pullingAway } from './adversarial/pulling-away.js';
export { type RelativisticOptions, relativistic } from './adversarial/relativistic.js';
export { relativisticAverage } from './adversarial/relativistic-average.js';
export type { RelativisticLoss } from './adversarial/relativistic-loss.js';
export { semiSupervised } from './adversarial/semi-supervised.js';
export { softmaxGan } from './adversarial/softmax-gan.js';
export { type TopKOptions, topK } from './adversarial/top-k.js';
export { wasserstein } from './adversarial/wasserstein.js';
export { type WassersteinDivergenceOptions, wassersteinDivergence } from './adversarial/wasserstein-divergence.js';
export { type ComparisonOptions, cycleConsistency } from './comparisons/cycle-consistency.js';
export type { Distance } from './comparisons/distances.js';
export { type HuberOptions, huber } from './comparisons/huber.js';
export { identityMapping } from './comparisons/identity-mapping.js';
export { l1 } from './comparisons/l1.js';
export { l2 } from './comparisons/l2.js';
export { type MapWeightedOptions, mapWeighted } from './comparisons/map-weighted.js';
export { type FrozenNetwork, type PerceptualOptions, perceptual } from './comparisons/perceptual.js';
export { type SsimOptions, ssim } from './comparisons/ssim.js';
export { type TotalVariationOptions, totalVariation } from './comparisons/total-variation.js';
export { type AuxiliaryClassifierOptions, auxiliaryClassifier } from './conditional/auxiliary-classifier.js';
export { categoricalInformation } from './conditional/categorical-information.js';
export { type ConditionalContrastiveOptions, conditionalContrastive } from './conditional/conditional-contrastive.js';
export { type ContinuousInformationOptions, continuousInformation } from './conditional/continuous-information.js';
export {
  type DataToDataCrossEntropyOptions,
  dataToDataCrossEntropy,
} from './conditional/data-to-data-cross-entropy.js';
export { type RotationOptions, rotation } from './conditional/rotation.js';
export { twinAuxiliaryClassifier } from './conditional/twin-auxiliary-classifier.js';
export type { Augment } from './penalties/augment.js';
export { type ConsistencyOptions, consistency } from './penalties/consistency.js';
export { type CutMixOptions, cutMix } from './penalties/cut-mix.js';
export { type DiversitySensitiveOptions, diversitySensitive } from './penalties/diversity-sensitive.js';
export { type DraganOptions, dragan } from './penalties/dragan.js';
export { type DriftOptions, drift } from './penalties/drift.js';
export { featureMatching } from './penalties/feature-matching.js';
export { type FlipAndTranslateOptions, flipAndTranslate } from './penalties/flip-and-translate.js';
export { type GradientPenaltyOptions, gradientPenalty } from './penalties/gradient-penalty.js';
export { type HistoricalAveragingOptions, historicalAveraging } from './penalties/historical-averaging.js';
export { type LatentConsistencyOptions, latentConsistency } from './penalties/latent-consistency.js';
export { type LeCamOptions, leCam } from './penalties/le-cam.js';
export { type LipschitzPenaltyOptions, lipschitzPenalty } from './penalties/lipschitz-penalty.js';
export { type ModeSeekingOptions, modeSeeking } from './penalties/mode-seeking.js';
export { type OrthogonalOptions, orthogonal } from './penalties/orthogonal.js';
export { type PathLengthOptions, pathLength } from './penalties/path-length.js';
export { type R1Options, r1 } from './penalties/r1.js';
export { type R2Options, r2 } from './penalties/r2.js';
export { type WeightClippingOptions, weightClipping } from './penalties/weight-clipping.js';
export { type ZeroCenteredPenaltyOptions, zeroCenteredPenalty } from './penalties/zero-centered-penalty.js';
