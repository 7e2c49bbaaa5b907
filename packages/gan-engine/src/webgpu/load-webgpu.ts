import '@tensorflow/tfjs-backend-cpu';
import { findBackendFactory, type KernelBackend, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import type { Adapter } from './adapter.js';
import { completeWebGPU } from './complete-webgpu.js';
import { type Device, openDevice } from './device.js';
import { missing } from './find-gpu.js';
import { mendReading } from './read.js';
import type { WebGPUStorage } from './storage.js';
import { tellFailures } from './tell-failures.js';

/** What is used of TensorFlow.js's package; its own types bring along others that clash with those of TypeScript's DOM. */
interface WebGPUModule {
  readonly WebGPUBackend: new (device: GPUDevice, info: GPUAdapterInfo) => KernelBackend & WebGPUStorage;
}

/**
 * Registers the WebGPU backend on a new device of an adapter, completed so that it can train.
 *
 * @throws EngineError if there is no device to be had, or the backend's package is not installed.
 */
export async function loadWebGPU(found: Adapter, gpu: GPU): Promise<Device> {
  const { WebGPUBackend } = await load();
  const opened = await openDevice(found);
  const backend = withNavigator(gpu, () => new WebGPUBackend(opened.device, found.adapter.info));
  mendReading(backend, opened.events);
  tellFailures(backend, opened);
  if (findBackendFactory('webgpu')) removeBackend('webgpu');
  registerBackend('webgpu', () => backend);
  completeWebGPU(opened.events === undefined);
  return opened;
}

async function load(): Promise<WebGPUModule> {
  const name = '@tensorflow/tfjs-backend-webgpu';
  try {
    return (await import('@tensorflow/tfjs-backend-webgpu')) as unknown as WebGPUModule;
  } catch (cause) {
    throw missing(name, cause);
  }
}

/** The backend does not let itself be made where `navigator.gpu` is missing, and never looks at it afterwards. */
function withNavigator<T>(gpu: GPU, make: () => T): T {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  try {
    return make();
  } finally {
    if (own) Object.defineProperty(globalThis, 'navigator', own);
    else Reflect.deleteProperty(globalThis, 'navigator');
  }
}
