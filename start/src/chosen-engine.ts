import '@tensorflow/tfjs-backend-cpu';
import type { Engine } from '@gan/core';
import { useEngine } from '@gan/core';
import { setBackend } from '@tensorflow/tfjs-core';
import type { Flags } from '../flags.mjs';
import type { Progress } from './progress.js';
export async function chosenEngine(_: Flags, __: Progress): Promise<Engine> {
  await setBackend('cpu');
  const e: Engine = { name: 'cpu', device: 'cpu', version: '4', threads: 1, deterministic: true };
  useEngine(e);
  return e;
}
