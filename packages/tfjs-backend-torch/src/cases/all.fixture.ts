import type { Cases } from '../differential.fixture.js';
import { arrangement } from './arrangement.fixture.js';
import { convolution } from './convolution.fixture.js';
import { elementwise } from './elementwise.fixture.js';
import { fallback } from './fallback.fixture.js';
import { images } from './images.fixture.js';
import { linear } from './linear.fixture.js';
import { own } from './own.fixture.js';
import { picking } from './picking.fixture.js';
import { pooling } from './pooling.fixture.js';
import { reduction } from './reduction.fixture.js';

const families = { arrangement, convolution, elementwise, fallback, images, linear, own, picking, pooling, reduction };

/** A case of every kernel. */
export const allCases: Cases = Object.assign({}, ...Object.values(families));
