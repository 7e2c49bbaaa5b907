import { EngineError } from '../engine-error.js';
import type { Candidate } from './candidate.js';

/** A graphics processor through WebGPU; only when asked for. */
export const webgpu: Candidate = {
  name: 'webgpu',
  open: async () => {
    throw new EngineError('this version does not support it yet', {
      engine: 'webgpu',
      remedy: 'choose another engine',
    });
  },
};
