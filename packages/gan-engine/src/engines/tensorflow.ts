import type { EngineName } from '@gan/core';
import { engine } from '@tensorflow/tfjs-core';
import { EngineError } from '../engine-error.js';
import { hasNvidiaDriver } from '../libtorch/graphics.js';
import { BACKEND, forgetTensorflow, isInstalled, loadTensorflow } from '../tensorflow/load-tensorflow.js';
import type { TensorflowName } from '../tensorflow/refusal.js';
import { tensorflowThreads } from '../tensorflow/threads.js';
import type { Candidate, Opened } from './candidate.js';
import { noNvidiaDriver } from './no-nvidia-driver.js';

/**
 * TensorFlow's own library (2.9, CUDA 11.2), where it is installed, loads and sees a graphics processor. Where there is no driver
 * for one it is not loaded.
 *
 * @param hasDriver Whether there is.
 */
export const tfjsNodeGpuWhere = (hasDriver: () => boolean): Candidate => ({
  name: 'tfjs-node-gpu',
  open: async ({ threads }) => {
    if (isInstalled('tfjs-node-gpu') && !hasDriver()) throw noNvidiaDriver('tfjs-node-gpu');
    const { version, counted } = loaded('tfjs-node-gpu', threads);
    const backend = engine().findBackend(BACKEND) as { isUsingGpuDevice?: boolean } | null;
    if (!backend?.isUsingGpuDevice) {
      forgetTensorflow();
      throw new EngineError('it loads but sees no graphics processor', {
        engine: 'tfjs-node-gpu',
        remedy: 'it wants CUDA 11.2 with cuDNN 8.1, and nothing newer',
      });
    }
    return opened('tfjs-node-gpu', 'gpu', version, counted);
  },
});

export const tfjsNodeGpu: Candidate = tfjsNodeGpuWhere(hasNvidiaDriver);

/** The same library on the processor. */
export const tfjsNode: Candidate = {
  name: 'tfjs-node',
  open: async ({ threads }) => {
    const { version, counted } = loaded('tfjs-node', threads);
    return opened('tfjs-node', 'cpu', version, counted);
  },
};

/** How many threads TensorFlow was told of as it loaded. */
let told: number | undefined;

function loaded(name: TensorflowName, threads: number | undefined) {
  const counted = tensorflowThreads(threads, told);
  const version = loadTensorflow(name);
  told = counted;
  return { version, counted };
}

/** It does not promise the same bits twice. */
function opened(name: EngineName, device: string, version: string, threads: number): Opened {
  const folder = process.env['GAN_TFJS_NODE'];
  return {
    engine: { name, device, version, threads, deterministic: false },
    backend: BACKEND,
    ...(folder && { library: { folder, origin: 'GAN_TFJS_NODE' } }),
  };
}
