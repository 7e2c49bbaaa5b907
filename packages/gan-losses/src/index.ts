export { type GradientPenaltyOptions, gradientPenalty } from './gradient-penalty.js';
export { hinge } from './hinge.js';
export { l1 } from './l1.js';
export { type LeastSquaresOptions, leastSquares } from './least-squares.js';
export { minimax } from './minimax.js';
export { nonSaturating } from './non-saturating.js';
export { type R1Options, r1 } from './r1.js';
export { relativistic } from './relativistic.js';
export { type WassersteinOptions, wasserstein } from './wasserstein.js';
