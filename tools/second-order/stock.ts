// TensorFlow.js as it comes, in a process of its own: gradients are registered for the whole of one. Reads the truths
// from its input, and writes its verdicts on a backend.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { type Truths, verdictsOn } from './verdicts.js';

const [backend] = process.argv.slice(2);
if (backend === 'wasm') {
  const engine = createRequire(new URL('../../packages/gan-engine/package.json', import.meta.url));
  const path = engine.resolve('@tensorflow/tfjs-backend-wasm');
  const { setWasmPaths } = await import(path);
  setWasmPaths(dirname(path) + sep);
}
const found = await verdictsOn(backend!, JSON.parse(readFileSync(0, 'utf8')) as Truths);
process.stdout.write(`\n${JSON.stringify(found)}`);
