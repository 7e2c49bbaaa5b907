import '@tensorflow/tfjs-backend-cpu';
import type { EngineName } from '@gan/core';
import { engine } from '@gan/engine';
import { registerTorch, switchCuda } from '@gan/tfjs-backend-torch';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { getBackend, getKernel, registerKernel, type TypedArray, unregisterKernel } from '@tensorflow/tfjs-core';
import type { TestEnv } from '@tensorflow/tfjs-core/dist/jasmine_util';

/** What a cpu kernel gives, after something was done to it. */
function spoil(kernelName: string, how: (values: TypedArray) => void): void {
  const config = getKernel(kernelName, 'cpu');
  unregisterKernel(kernelName, 'cpu');
  registerKernel({
    ...config,
    kernelFunc: (given) => {
      const result = config.kernelFunc(given);
      how(
        (given.backend as { readSync: (dataId: object) => TypedArray }).readSync((result as { dataId: object }).dataId),
      );
      return result;
    },
  });
}

/** The cpu backend with a wrong Relu and a Tanh that ends the process: what the harness itself is tested with. */
function breakCpu(): TestEnv {
  spoil('Relu', (values) => {
    values[0]! += 1;
  });
  spoil('Tanh', () => process.kill(process.pid, 'SIGKILL'));
  return { name: 'broken', backendName: 'cpu', flags: {}, isDataSync: true };
}

/** Factors of 10 bits would be another arithmetic than the one that specs expect. */
async function openTorch(name: string): Promise<void> {
  const device = (['cuda', 'mps'] as const).find((one) => name.startsWith(`torch-${one}`)) ?? 'cpu';
  await registerTorch({ folder: process.env['GAN_LIBTORCH']!, device });
  if (device === 'cuda') switchCuda({ autotune: false, deterministic: false, tensorFloat32: false });
}

/**
 * Makes a backend ready in this process: libtorch from GAN_LIBTORCH, the others as they come.
 *
 * @param name The backend's in TensorFlow.js; `@gan/engine torch-cpu` is an engine as our own choose it, with right gradients.
 */
export async function openEngine(name: string): Promise<TestEnv> {
  if (name === 'broken') return breakCpu();
  const use = /^@gan\/engine (.+)$/.exec(name)?.[1];
  if (use !== undefined) await engine({ use: use as EngineName, tensorFloat32: false });
  if (name.startsWith('torch')) await openTorch(name);
  if (name === 'wasm') setWasmPaths(process.env['GAN_WASM_BINARIES']!);
  return { name, backendName: use === undefined ? name : getBackend(), flags: {}, isDataSync: true };
}
