// TensorFlow.js as it comes, in a process of its own: gradients are registered for the whole of one. Reads the truths
// from its input, and writes its verdicts on a backend.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { getKernel, registerKernel, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';
import { type Truths, verdictsOn } from './verdicts.js';

const [backend] = process.argv.slice(2);
// Much of it throws, and nobody reads where.
Error.stackTraceLimit = 0;
if (backend === 'wasm') {
  const engine = createRequire(new URL('../../packages/gan-engine/package.json', import.meta.url));
  const path = engine.resolve('@tensorflow/tfjs-backend-wasm');
  const { setWasmPaths } = await import(path);
  setWasmPaths(dirname(path) + sep);
}
endless('ResizeNearestNeighborGrad', backend!);
const found = await verdictsOn(backend!, JSON.parse(readFileSync(0, 'utf8')) as Truths);
process.stdout.write(`\n${JSON.stringify(found)}`);

/** Aligned corners of a side of 1 have it loop for ever; here it throws instead. */
function endless(kernelName: string, backendName: string): void {
  const own = getKernel(kernelName, backendName);
  if (!own) return;
  unregisterKernel(kernelName, backendName);
  registerKernel({
    ...own,
    kernelFunc: (call) => {
      const [dy, images] = [call.inputs['dy'] as TensorInfo, call.inputs['images'] as TensorInfo];
      const { alignCorners } = call.attrs as { alignCorners?: boolean };
      if (alignCorners && [1, 2].some((axis) => images.shape[axis] === 1 && dy.shape[axis]! > 1))
        throw new Error(`${kernelName} never ends`);
      return own.kernelFunc(call);
    },
  });
}
