import { mlpDiscriminator, mlpGenerator, severalGenerators } from '@gan/architectures';
import { type AnyTerm, type Network, type Optimizer, rmsProp, type Sources, weighted } from '@gan/core';
import {
  boundaryEquilibrium,
  dualContrastive,
  energyBased,
  fGan,
  gradientPenalty,
  hinge,
  jensenShannon,
  kullbackLeibler,
  leastSquares,
  maximumMeanDiscrepancy,
  minimax,
  multiAgentDiverse,
  multiHinge,
  nonSaturating,
  pearson,
  pullingAway,
  r1,
  r2,
  relativistic,
  relativisticAverage,
  reverseKullbackLeibler,
  semiSupervised,
  softmaxGan,
  squaredHellinger,
  totalVariationDistance,
  wasserstein,
  wassersteinDivergence,
  weightClipping,
} from '@gan/losses';
import { energyJudge, headJudge, spectralJudge, units } from './judges.js';

/** A loss with the regulariser that its paper uses; what is not said is that of every other pairing. */
export interface Pairing {
  /** The paper that pairs them, by arXiv number. */
  readonly paper: string;
  readonly objective: readonly AnyTerm[];
  /** A perceptron with a linear score unless said. */
  readonly judge?: Network;
  /** A perceptron of latents unless said. */
  readonly generator?: Network;
  /** What its terms look at besides. */
  readonly samples?: Sources;
  /** Of both players. Adam at a rate that falls to nothing unless said. */
  readonly optimizer?: Optimizer;
  readonly judgeUpdates?: number;
  readonly unrolled?: number;
  /** How many times as many steps it takes as the others to say anything; 1 unless said. */
  readonly longer?: number;
}

/** Samples of a batch. */
export const batchSize = 128;

/** R1 at the strength that suits points at distances of 1; the paper's 10 is for pictures. */
const gamma = 0.02;

/** The modes of the ring, which are its classes. */
const classes = 8;

const divergences = {
  'Kullback-Leibler': kullbackLeibler,
  'reverse Kullback-Leibler': reverseKullbackLeibler,
  Pearson: pearson,
  'squared Hellinger': squaredHellinger,
  'Jensen-Shannon': jensenShannon,
};

/**
 * Every adversarial loss, by the name that the table shows; a new one takes one entry. Geometric GAN is `hinge`. Numbers of
 * papers that go with the size of their pictures (bounds, margins, strengths) are those of points here.
 */
export const pairings: Readonly<Record<string, Pairing>> = {
  minimax: {
    paper: '1406.2661',
    objective: [minimax()],
    judge: mlpDiscriminator({ sample: [2], units, head: 'sigmoid' }),
  },
  'non-saturating': { paper: '1406.2661', objective: [nonSaturating()] },
  'non-saturating, R1': { paper: '1801.04406', objective: [nonSaturating(), r1({ gamma })] },
  'non-saturating, unrolled 5': { paper: '1611.02163', objective: [nonSaturating()], unrolled: 5 },
  'hinge, spectral norm': {
    paper: '1802.05957',
    objective: [hinge()],
    judge: spectralJudge(),
    judgeUpdates: 5,
  },
  'multi-hinge, spectral norm': {
    paper: '1912.04216',
    objective: [multiHinge()],
    judge: headJudge({ outputs: { class: 'logits' }, width: classes + 1, spectral: true }),
    generator: mlpGenerator({ sample: [2], latents: 2, units, classes }),
  },
  'multi-agent diverse': {
    paper: '1704.02906',
    objective: [multiAgentDiverse()],
    judge: headJudge({ outputs: { category: 'logits' }, width: 4 + 1 }),
    generator: severalGenerators(mlpGenerator({ sample: [2], latents: 4 * 3, units }), { latents: 2, category: 4 }),
    samples: { category: { categorical: 4 } },
  },
  'semi-supervised': {
    paper: '1606.03498',
    objective: [semiSupervised()],
    judge: headJudge({ outputs: { class: 'logits' }, width: classes }),
    samples: { labelled: { data: [2] }, classes: { data: classes } },
  },
  'least squares': { paper: '1611.04076', objective: [leastSquares()] },
  'Wasserstein, clipped': {
    paper: '1701.07875',
    objective: [wasserstein(), weightClipping({ bound: 0.1 })],
    optimizer: rmsProp({ learningRate: 1e-3 }),
    judgeUpdates: 5,
  },
  'Wasserstein, gradient penalty': {
    paper: '1704.00028',
    objective: [wasserstein(), gradientPenalty({ weight: 10 })],
    judgeUpdates: 5,
    // After 1,000 steps hardly a point is sharp: which modes those are near is luck.
    longer: 4,
  },
  'Wasserstein divergence': { paper: '1712.01026', objective: [wassersteinDivergence()], judgeUpdates: 5 },
  'relativistic, R1, R2': { paper: '2501.05441', objective: [relativistic(), r1({ gamma }), r2({ gamma })] },
  'relativistic average, gradient penalty': {
    paper: '1807.00734',
    objective: [relativisticAverage(), gradientPenalty({ weight: 10 })],
    judgeUpdates: 5,
  },
  'relativistic average hinge, spectral norm': {
    paper: '1807.00734',
    objective: [relativisticAverage({ loss: 'hinge' })],
    judge: spectralJudge(),
    judgeUpdates: 5,
  },
  'relativistic average least squares': {
    paper: '1807.00734',
    objective: [relativisticAverage({ loss: 'least-squares' })],
  },
  'energy-based, pulling away': {
    paper: '1609.03126',
    objective: [energyBased({ margin: 1 }), weighted(0.1, pullingAway())],
    judge: energyJudge(2),
  },
  'boundary equilibrium': {
    paper: '1703.10717',
    // With less diversity, one or two modes take it all.
    objective: [boundaryEquilibrium({ rate: 0.01, diversity: 0.9 })],
    judge: energyJudge(2),
  },
  ...Object.fromEntries(
    Object.entries(divergences).map(([name, divergence]): [string, Pairing] => [
      `f-GAN, ${name}`,
      { paper: '1606.00709', objective: [fGan({ divergence })] },
    ]),
  ),
  // Its bounded judge saturates on what is easily told apart, and alone teaches nothing then.
  'f-GAN, total variation, R1': {
    paper: '1705.09367',
    objective: [fGan({ divergence: totalVariationDistance }), r1({ gamma: 0.1 })],
  },
  'softmax GAN': { paper: '1704.06191', objective: [softmaxGan()] },
  'dual contrastive, R1': { paper: '2103.16748', objective: [dualContrastive(), r1({ gamma })] },
  'MMD, clipped': {
    paper: '1705.08584',
    objective: [maximumMeanDiscrepancy(), weightClipping({ bound: 0.1 })],
    judge: headJudge({ outputs: { features: 'features' }, width: 16 }),
  },
  'MMD, repulsive, spectral norm': {
    paper: '1812.09916',
    objective: [maximumMeanDiscrepancy({ judge: 'repulsive' })],
    judge: headJudge({ outputs: { features: 'features' }, width: 16, spectral: true }),
  },
};
