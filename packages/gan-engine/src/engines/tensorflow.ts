import { createRequire } from 'node:module';
import type { EngineName } from '@gan/core';
import { engine, removeBackend } from '@tensorflow/tfjs-core';
import { EngineError, sentenceOf } from '../engine-error.js';
import type { Candidate } from './candidate.js';

/** The backend that both packages register. */
const BACKEND = 'tensorflow';

/** TensorFlow's own library (2.9, CUDA 11.2), where it is installed, loads and sees a graphics processor. */
export const tfjsNodeGpu: Candidate = {
  name: 'tfjs-node-gpu',
  open: async () => {
    const version = load('tfjs-node-gpu');
    const backend = engine().findBackend(BACKEND) as { isUsingGpuDevice?: boolean } | null;
    if (!backend?.isUsingGpuDevice) {
      removeBackend(BACKEND);
      throw new EngineError('it loads but sees no graphics processor', {
        engine: 'tfjs-node-gpu',
        remedy: 'it wants CUDA 11.2 with cuDNN 8.1, and nothing newer',
      });
    }
    return { engine: tensorflow('tfjs-node-gpu', 'gpu', version), backend: BACKEND };
  },
};

/** The same library on the processor. */
export const tfjsNode: Candidate = {
  name: 'tfjs-node',
  open: async () => {
    const version = load('tfjs-node');
    return { engine: tensorflow('tfjs-node', 'cpu', version), backend: BACKEND };
  },
};

/** It chooses its threads itself, and does not promise the same bits twice. */
const tensorflow = (name: EngineName, device: string, version: string) => ({
  name,
  device,
  version,
  threads: 0,
  deterministic: false,
});

function load(name: 'tfjs-node' | 'tfjs-node-gpu'): string {
  restoreUtil();
  const path = `@tensorflow/${name}`;
  try {
    const module: { version?: Record<string, string> } = createRequire(import.meta.url)(path);
    return module.version?.['tfjs-node'] ?? 'unknown';
  } catch (cause) {
    throw refusal(name, path, cause);
  }
}

/** Why one of the packages does not load, and what to do about it. */
export function refusal(name: 'tfjs-node' | 'tfjs-node-gpu', path: string, cause: unknown): EngineError {
  const sentence = sentenceOf(cause);
  const error = (reason: string, remedy: string) => new EngineError(reason, { engine: name, remedy, cause });
  if (/Cannot find (package|module) '@tensorflow\/tfjs-node/.test(sentence))
    return error(`${path} is not installed`, `\`npm install ${path}\` installs it`);
  if (/tfjs_binding\.node/.test(sentence))
    return error(
      `the native part of ${path} is missing: its install script was blocked, or could not download it`,
      `\`npm rebuild ${path}\` runs the script (with pnpm, \`pnpm approve-builds\` first)`,
    );
  const library = /(lib(?:cudart|cublas|cudnn|cufft|cusolver|cusparse)\S*)/.exec(sentence)?.[1];
  if (library)
    return error(
      `${path} needs ${library}, which is not on this machine`,
      'install CUDA 11.2 with cuDNN 8.1; it takes nothing newer',
    );
  return error(`${path} does not load: ${sentence}`, 'choose another engine');
}

/** Node 23 removed functions that both packages call. */
export function restoreUtil(util: Record<string, unknown> = createRequire(import.meta.url)('node:util')): void {
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}
