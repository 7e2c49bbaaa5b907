// Writes docs/second-order.md: which derivatives TensorFlow.js gets right by itself, and which with `@gan/engine`.
//
//     npx tsx tools/second-order/generate.ts
//
// It takes some minutes, and needs libtorch.
import { writeFileSync } from 'node:fs';
import { measure, USES } from './measure.js';
import { page } from './page.js';

writeFileSync(new URL('../../docs/second-order.md', import.meta.url), page(await measure(), USES));
