import type { EngineName } from '@gan/core';
import { EngineError } from '../engine-error.js';

/** What an engine says that computes on NVIDIA's graphics processors, where there is no driver for one. */
export const noNvidiaDriver = (engine: EngineName): EngineError =>
  new EngineError('this machine has no driver for NVIDIA graphics processors', {
    engine,
    remedy: 'install the driver if it has such a processor',
  });
