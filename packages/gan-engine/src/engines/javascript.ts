import '@tensorflow/tfjs-backend-cpu';
import type { EngineName } from '@gan/core';
import { engine, version_core } from '@tensorflow/tfjs-core';
import { EngineError } from '../engine-error.js';
import { loadWasm } from '../wasm/load-wasm.js';
import type { Candidate, OpenOptions } from './candidate.js';

/** TensorFlow.js compiled to WebAssembly, completed so that it can train. One thread in Node. */
export const wasm: Candidate = {
  name: 'wasm',
  open: async (options) => {
    assertOneThread('wasm', options);
    await loadWasm();
    silence();
    return { engine: javascript('wasm'), backend: 'wasm' };
  },
};

/** TensorFlow.js in plain JavaScript: everywhere, and slow. */
export const cpu: Candidate = {
  name: 'cpu',
  open: async (options) => {
    assertOneThread('cpu', options);
    silence();
    return { engine: javascript('cpu'), backend: 'cpu' };
  },
};

const javascript = (name: EngineName) => ({
  name,
  device: 'cpu',
  version: version_core,
  threads: 1,
  deterministic: true,
});

function assertOneThread(name: EngineName, { threads = 1, byName }: OpenOptions): void {
  if (byName && threads !== 1)
    throw new EngineError(`it computes with one thread in Node, not ${threads}`, { engine: name });
}

/** The backend greets on its first use with the advice to install another one, which we have weighed already. */
export function silence(): void {
  const backend = engine().findBackend('cpu') as { firstUse?: boolean } | null;
  if (backend && 'firstUse' in backend) backend.firstUse = false;
}
