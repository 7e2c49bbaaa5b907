import { mlpDiscriminator } from '@gan/architectures';
import { type AnyTerm, type Network, type Optimizer, rmsProp } from '@gan/core';
import {
  gradientPenalty,
  hinge,
  leastSquares,
  minimax,
  nonSaturating,
  r1,
  relativistic,
  wasserstein,
  weightClipping,
} from '@gan/losses';

/** A loss with the regulariser that its paper uses; what is not said is that of every other pairing. */
export interface Pairing {
  /** The paper that pairs them, by arXiv number. */
  readonly paper: string;
  readonly objective: readonly AnyTerm[];
  /** A perceptron with a linear score unless said. */
  readonly judge?: Network;
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
  'relativistic, R1': { paper: '2501.05441', objective: [relativistic(), r1({ gamma })] },
};
