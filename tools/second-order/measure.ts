import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { engine } from '@gan/engine';
import { loadWasm } from '../../packages/gan-engine/src/wasm/load-wasm.js';
import type { Tables } from './page.js';
import { type Table, type Truths, truths, verdictsOn } from './verdicts.js';

/** Uses of every op that the page is made from. */
export const USES = 20;

/** Ours beside TensorFlow.js as it comes, in so many random uses of every op; needs libtorch. */
export async function measure(uses = USES): Promise<Tables> {
  await loadWasm();
  await engine({ use: 'torch-cpu' });
  const known = await truths(uses);
  return {
    'stock cpu': stock('cpu', known),
    'stock wasm': stock('wasm', known),
    cpu: await verdictsOn('cpu', known),
    wasm: await verdictsOn('wasm', known),
    'torch-cpu': await verdictsOn('torch', known),
  };
}

function stock(backend: string, known: Truths): Table {
  const script = fileURLToPath(new URL('stock.ts', import.meta.url));
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, backend], {
    input: JSON.stringify(known),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    maxBuffer: 1 << 26,
  });
  return JSON.parse(output.slice(output.lastIndexOf('\n')));
}
