import { activationCases } from './activations.cases.js';
import { arithmeticCases } from './arithmetic.cases.js';
import type { OpCase } from './case.cases.js';
import { constantCases } from './constants.cases.js';
import { convolutionCases } from './convolutions.cases.js';
import { elementwiseCases } from './elementwise.cases.js';
import { imageCases } from './images.cases.js';
import { indexingCases } from './indexing.cases.js';
import { lossCases } from './losses.cases.js';
import { normalisingCases } from './normalising.cases.js';
import { poolingCases } from './pooling.cases.js';
import { productCases } from './products.cases.js';
import { rearrangingCases } from './rearranging.cases.js';
import { reductionCases } from './reductions.cases.js';
import { spectralCases } from './spectral.cases.js';
import { layerCases, torchCases } from './torch.cases.js';

/** Every op with a gradient. */
export const opCases: readonly OpCase[] = [
  ...elementwiseCases,
  ...activationCases,
  ...arithmeticCases,
  ...constantCases,
  ...reductionCases,
  ...rearrangingCases,
  ...indexingCases,
  ...productCases,
  ...convolutionCases,
  ...poolingCases,
  ...imageCases,
  ...normalisingCases,
  ...lossCases,
  ...spectralCases,
  ...layerCases,
  ...torchCases,
];
