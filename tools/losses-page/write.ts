/** `npm run docs:losses`: writes docs/losses.md from the terms of `@gan/losses` and the committed results. */
import '@tensorflow/tfjs-backend-cpu';
import { writeFileSync } from 'node:fs';
import { setBackend } from '@tensorflow/tfjs-core';
import { lossesPage } from './page.js';

await setBackend('cpu');
writeFileSync(new URL('../../docs/losses.md', import.meta.url), lossesPage());
