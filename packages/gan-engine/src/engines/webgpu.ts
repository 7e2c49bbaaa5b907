import { version_core } from '@tensorflow/tfjs-core';
import { EngineError } from '../engine-error.js';
import { mayHaveGraphics } from '../libtorch/graphics.js';
import { type Adapter, findAdapter } from '../webgpu/adapter.js';
import { findGpu } from '../webgpu/find-gpu.js';
import { loadWebGPU } from '../webgpu/load-webgpu.js';
import type { Candidate, Opened } from './candidate.js';
import { silence } from './javascript.js';

/** A graphics processor of whatever make, through WebGPU; one that a program plays only where it was asked for by name. */
export const webgpu: Candidate = {
  name: 'webgpu',
  open: async ({ threads, byName }) => {
    if (byName && threads !== undefined)
      throw new EngineError(`a graphics processor has no threads to choose, but threads is ${threads}`, {
        engine: 'webgpu',
        remedy: 'leave threads out',
      });
    if (!loaded || loaded.isLost?.()) loaded = await firstOpened(byName);
    return loaded;
  },
};

/** A device is opened once, since tensors live on it. */
let loaded: Opened | undefined;

async function firstOpened(byName: boolean): Promise<Opened> {
  if (!byName && !mayHaveGraphics())
    throw new EngineError('this machine has no graphics processor', { engine: 'webgpu' });
  const { gpu, library } = await findGpu();
  const found = await findAdapter(gpu);
  if (!byName) assertHardware(found);
  const { isLost } = await loadWebGPU(found, gpu);
  silence();
  return {
    engine: {
      name: 'webgpu',
      device: found.software ? `${found.name} (software)` : found.name,
      version: version_core,
      threads: 0,
      deterministic: false,
    },
    backend: 'webgpu',
    isLost,
    ...(library && { library }),
  };
}

/** @throws EngineError if a program plays the adapter: WebAssembly is faster, and so is all that comes before it. */
export function assertHardware({ name, software }: Adapter): void {
  if (software)
    throw new EngineError(`its only adapter is a program on the processor (${name})`, {
      engine: 'webgpu',
      remedy: "`engine({ use: 'webgpu' })` uses it all the same, slowly",
    });
}
