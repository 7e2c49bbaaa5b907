import { mlpDiscriminator } from '@gan/architectures';
import { type AnyTerm, type Network, type Optimizer, rmsProp, weighted } from '@gan/core';
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
  multiHinge,
  nonSaturating,
  pearson,
  pullingAway,
  r1,
  rationalQuadratic,
  relativistic,
  relativisticAverage,
  reverseKullbackLeibler,
  softmaxGan,
  squaredHellinger,
  totalVariationDistance,
  wasserstein,
  wassersteinDivergence,
  weightClipping,
} from '@gan/losses';
import { energyJudge, judgeWith } from './judges.js';

/** A loss with the regulariser that its paper uses; what is not said is that of every other pairing. */
export interface Pairing {
  /** The paper that pairs them, by arXiv number. */
  readonly paper: string;
  readonly objective: readonly AnyTerm[];
  /** A perceptron with a linear score unless said; a function makes it for a number of classes. */
  readonly judge?: Network | ((classes: number) => Network);
  /** Whether the generator takes the data's classes. */
  readonly conditional?: boolean;
  /** Of both players. Adam at a rate that falls to nothing unless said. */
  readonly optimizer?: Optimizer;
  readonly judgeUpdates?: number;
  readonly unrolled?: number;
}

/** The width of every network, and the samples of a batch. */
export const units = 64;
export const batchSize = 128;

/** R1 at the strength that suits points at distances of 1; the paper's 10 is for pictures. */
const gamma = 0.02;
const averagePenalty = gradientPenalty({ weight: 10 });
/** A fifth of the energy of the ring's points at 0. */
const margin = 0.1;

/** Every adversarial loss, by the name that the table shows. One line of this table is all that a new one takes. */
export const pairings: Readonly<Record<string, Pairing>> = {
  minimax: {
    paper: '1406.2661',
    objective: [minimax()],
    judge: mlpDiscriminator({ sample: [2], units, head: 'sigmoid' }),
  },
  'non-saturating': { paper: '1406.2661', objective: [nonSaturating()] },
  'non-saturating, R1': { paper: '1801.04406', objective: [nonSaturating(), r1({ gamma })] },
  'non-saturating, unrolled 5': { paper: '1611.02163', objective: [nonSaturating()], unrolled: 5 },
  hinge: { paper: '1705.02894', objective: [hinge()] },
  'least squares': { paper: '1611.04076', objective: [leastSquares()] },
  'wasserstein, clipped': {
    paper: '1701.07875',
    objective: [wasserstein(), weightClipping({ bound: 0.1 })],
    optimizer: rmsProp({ learningRate: 1e-3 }),
    judgeUpdates: 5,
  },
  'wasserstein, gradient penalty': {
    paper: '1704.00028',
    objective: [wasserstein(), gradientPenalty({ weight: 10 })],
    judgeUpdates: 5,
  },
  'wasserstein divergence': { paper: '1712.01026', objective: [wassersteinDivergence()] },
  'relativistic, R1': { paper: '2501.05441', objective: [relativistic(), r1({ gamma })] },
  'relativistic hinge, R1': { paper: '1901.02474', objective: [relativistic({ loss: 'hinge' }), r1({ gamma })] },
  'relativistic least squares, R1': {
    paper: '1901.02474',
    objective: [relativistic({ loss: 'least-squares' }), r1({ gamma })],
  },
  'relativistic average, gradient penalty': { paper: '1807.00734', objective: [relativisticAverage(), averagePenalty] },
  'relativistic average hinge, gradient penalty': {
    paper: '1807.00734',
    objective: [relativisticAverage({ loss: 'hinge' }), averagePenalty],
  },
  'relativistic average least squares, gradient penalty': {
    paper: '1807.00734',
    objective: [relativisticAverage({ loss: 'least-squares' }), averagePenalty],
  },
  'multi-hinge': {
    paper: '1912.04216',
    objective: [multiHinge()],
    judge: (classes) => judgeWith('class', 'logits', classes + 1, units),
    conditional: true,
  },
  'f-GAN, Kullback-Leibler': { paper: '1606.00709', objective: [fGan({ divergence: kullbackLeibler })] },
  'f-GAN, reverse Kullback-Leibler': { paper: '1606.00709', objective: [fGan({ divergence: reverseKullbackLeibler })] },
  'f-GAN, Pearson': { paper: '1606.00709', objective: [fGan({ divergence: pearson })] },
  'f-GAN, squared Hellinger': { paper: '1606.00709', objective: [fGan({ divergence: squaredHellinger })] },
  'f-GAN, Jensen-Shannon': { paper: '1606.00709', objective: [fGan({ divergence: jensenShannon })] },
  'f-GAN, total variation': { paper: '1606.00709', objective: [fGan({ divergence: totalVariationDistance })] },
  'energy-based': { paper: '1609.03126', objective: [energyBased({ margin })], judge: energyJudge(2, units) },
  'energy-based, pulling away': {
    paper: '1609.03126',
    objective: [energyBased({ margin }), weighted(0.1, pullingAway())],
    judge: energyJudge(2, units),
  },
  'boundary equilibrium': {
    paper: '1703.10717',
    objective: [boundaryEquilibrium({ rate: 0.01 })],
    judge: energyJudge(1, units),
  },
  softmax: { paper: '1704.06191', objective: [softmaxGan()] },
  'dual contrastive, R1': { paper: '2103.16748', objective: [dualContrastive(), r1({ gamma })] },
  'MMD, Gaussian, clipped': {
    paper: '1705.08584',
    objective: [maximumMeanDiscrepancy(), weightClipping({ bound: 0.1 })],
    judge: judgeWith('features', 'features', 16, units),
    optimizer: rmsProp({ learningRate: 1e-3 }),
    judgeUpdates: 5,
  },
  'MMD, rational quadratic, clipped': {
    paper: '1801.01401',
    objective: [maximumMeanDiscrepancy({ kernel: rationalQuadratic() }), weightClipping({ bound: 0.1 })],
    judge: judgeWith('features', 'features', 16, units),
    optimizer: rmsProp({ learningRate: 1e-3 }),
    judgeUpdates: 5,
  },
};
