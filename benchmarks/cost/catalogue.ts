import { type AnyTerm, type FeatureExtractor, weighted } from '@gan/core';
import {
  auxiliaryClassifier,
  boundaryEquilibrium,
  categoricalInformation,
  conditionalContrastive,
  consistency,
  continuousInformation,
  cutMix,
  cycleConsistency,
  dataToDataCrossEntropy,
  diversitySensitive,
  dragan,
  drift,
  dualContrastive,
  energyBased,
  featureMatching,
  fGan,
  flipAndTranslate,
  gradientPenalty,
  hinge,
  historicalAveraging,
  huber,
  identityMapping,
  kullbackLeibler,
  l1,
  l2,
  latentConsistency,
  leastSquares,
  leCam,
  lipschitzPenalty,
  mapWeighted,
  maximumMeanDiscrepancy,
  minimax,
  modeSeeking,
  multiAgentDiverse,
  multiHinge,
  nonSaturating,
  ofJury,
  orthogonal,
  pathLength,
  perceptual,
  pullingAway,
  r1,
  r2,
  relativistic,
  relativisticAverage,
  rotation,
  semiSupervised,
  softmaxGan,
  ssim,
  topK,
  totalVariation,
  twinAuxiliaryClassifier,
  wasserstein,
  wassersteinDivergence,
  weightClipping,
  zeroCenteredPenalty,
} from '@gan/losses';
import { avgPool, reshape, type Tensor4D } from '@tensorflow/tfjs-core';

/** What a term is for: `adversarial` terms stand alone, the others beside one. */
export type Kind = 'adversarial' | 'penalty' | 'conditional' | 'pixel' | 'wrapper';

/** An instance of a term, as its paper has it. */
export interface Entry {
  readonly kind: Kind;
  readonly term: AnyTerm;
}

/** Features that cost nothing to speak of: means of 4 x 4 pixels. */
const pooled: FeatureExtractor = {
  name: 'means',
  hash: '',
  shape: [28, 28, 1],
  features: 49,
  extract: (samples) => reshape(avgPool(samples as Tensor4D, 4, 4, 'valid'), [samples.shape[0]!, -1]),
  dispose: () => {},
};

const of = <Names extends string>(kind: Kind, terms: Readonly<Record<Names, AnyTerm>>) =>
  Object.fromEntries(Object.entries<AnyTerm>(terms).map(([name, term]) => [name, { kind, term }])) as Record<
    Names,
    Entry
  >;

/** Every term of `@gan/losses`, by the name of its factory: what is measured, and what docs/losses.md tells of. */
export const catalogue: Readonly<Record<string, Entry>> = {
  ...of('adversarial', {
    minimax: minimax(),
    nonSaturating: nonSaturating(),
    hinge: hinge(),
    wasserstein: wasserstein(),
    leastSquares: leastSquares(),
    relativistic: relativistic(),
    relativisticAverage: relativisticAverage(),
    wassersteinDivergence: wassersteinDivergence(),
    energyBased: energyBased({ margin: 1 }),
    boundaryEquilibrium: boundaryEquilibrium(),
    fGan: fGan({ divergence: kullbackLeibler }),
    softmaxGan: softmaxGan(),
    dualContrastive: dualContrastive(),
    maximumMeanDiscrepancy: maximumMeanDiscrepancy(),
    multiHinge: multiHinge(),
    multiAgentDiverse: multiAgentDiverse(),
    semiSupervised: semiSupervised(),
  }),
  ...of('penalty', {
    r1: r1({ gamma: 10 }),
    r2: r2({ gamma: 10 }),
    gradientPenalty: gradientPenalty({ weight: 10 }),
    zeroCenteredPenalty: zeroCenteredPenalty({ weight: 10 }),
    lipschitzPenalty: lipschitzPenalty({ weight: 10 }),
    dragan: dragan({ weight: 10 }),
    pathLength: pathLength({ weight: 2 }),
    leCam: leCam({ weight: 0.3 }),
    consistency: consistency({ real: 10, augment: flipAndTranslate() }),
    cutMix: cutMix(),
    latentConsistency: latentConsistency({ discriminator: 5, generator: 0.5, noise: 0.03 }),
    orthogonal: orthogonal({ weight: 1e-4, side: 'discriminator' }),
    drift: drift({ weight: 1e-3 }),
    historicalAveraging: historicalAveraging({ weight: 1, side: 'discriminator' }),
    featureMatching: featureMatching(),
    diversitySensitive: diversitySensitive({ weight: 1, bound: 10 }),
    modeSeeking: modeSeeking({ weight: 1 }),
    pullingAway: weighted(0.1, pullingAway()),
    weightClipping: weightClipping({ bound: 0.01 }),
  }),
  ...of('conditional', {
    auxiliaryClassifier: auxiliaryClassifier(),
    twinAuxiliaryClassifier: twinAuxiliaryClassifier(),
    conditionalContrastive: conditionalContrastive(),
    dataToDataCrossEntropy: dataToDataCrossEntropy(),
    categoricalInformation: categoricalInformation(),
    continuousInformation: continuousInformation(),
    rotation: rotation(),
  }),
  ...of('pixel', {
    l1: l1(),
    l2: l2(),
    huber: huber(),
    ssim: ssim(),
    perceptual: perceptual({ features: pooled }),
    totalVariation: totalVariation(),
    cycleConsistency: cycleConsistency(),
    identityMapping: identityMapping(),
    mapWeighted: mapWeighted(),
  }),
  ...of('wrapper', {
    topK: topK({ period: 1000 }, nonSaturating()),
    ofJury: ofJury({ judges: ['deep', 'wide'], strictness: 1 }, nonSaturating()),
  }),
};
