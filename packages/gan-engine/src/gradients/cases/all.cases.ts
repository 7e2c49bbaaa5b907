import type { GradientCase } from './case.cases.js';
import { elementwiseCases } from './elementwise.cases.js';
import { imageCases } from './images.cases.js';
import { normalisingCases } from './normalising.cases.js';
import { productCases } from './products.cases.js';
import { rearrangingCases } from './rearranging.cases.js';
import { reductionCases } from './reductions.cases.js';

/** Every op with a gradient, in the uses that matter: broadcasting, padding, strides, axes, absent options. */
export const gradientCases: readonly GradientCase[] = [
  ...elementwiseCases,
  ...reductionCases,
  ...rearrangingCases,
  ...productCases,
  ...imageCases,
  ...normalisingCases,
];
