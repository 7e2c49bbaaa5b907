import { engine } from '../engine.js';
import { sentenceOf } from '../engine-error.js';

/** Why no adapter of WebGPU can be used here, said after the title of a test that is skipped for it; empty where one can. */
export const noAdapter: string = await engine({ use: 'webgpu' }).then(
  () => '',
  (cause: unknown) => ` (skipped: ${sentenceOf(cause)})`,
);
