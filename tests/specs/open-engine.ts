import '@tensorflow/tfjs-backend-cpu';
import { registerTorch } from '@gan/tfjs-backend-torch';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { TestEnv } from '@tensorflow/tfjs-core/dist/jasmine_util';

/** Backends under their names in TensorFlow.js, made ready in this process: libtorch from GAN_LIBTORCH, the others as they come. */
export async function openEngine(backendName: string): Promise<TestEnv> {
  if (backendName.startsWith('torch')) await registerTorch({ folder: process.env['GAN_LIBTORCH']! });
  if (backendName === 'wasm') setWasmPaths(process.env['GAN_WASM_BINARIES']!);
  return { name: backendName, backendName, flags: {}, isDataSync: true };
}
