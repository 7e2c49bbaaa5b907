import { relu, softplus, square, sub, type Tensor } from '@tensorflow/tfjs-core';

/**
 * What a margin y between two scores costs, the less the larger it is:
 *
 *     logistic:       softplus(-y) = -log sigmoid(y)
 *     hinge:          max(0, 1 - y)
 *     least-squares:  (1 - y)^2
 */
export const relativisticLosses = {
  logistic: (margin: Tensor): Tensor => softplus(sub(0, margin)),
  hinge: (margin: Tensor): Tensor => relu(sub(1, margin)),
  'least-squares': (margin: Tensor): Tensor => square(sub(1, margin)),
} as const;

/** What a margin costs: as in the standard, the hinge or the least squares loss. */
export type RelativisticLoss = keyof typeof relativisticLosses;

/** The names of the losses. */
export const relativisticLossNames = Object.keys(relativisticLosses) as readonly RelativisticLoss[];
