import {
  engine,
  findBackendFactory,
  getKernelsForBackend,
  removeBackend,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { EngineError } from '../engine-error.js';
import { completeTensorflow } from './complete-tensorflow.js';
import { keepingGradients } from './keep-gradients.js';
import { projectOfTensorflow } from './project.js';
import { refusal, type TensorflowName } from './refusal.js';
import { restoreUtil } from './restore-util.js';

/** The backend that both register. */
export const BACKEND = 'tensorflow';

/** Of those that have been loaded; one that was taken back cannot be loaded again. */
const versions = new Map<TensorflowName, string>();

/** Whose the backend is. */
let owner: TensorflowName | undefined;

/**
 * Loads one of the packages, which registers the backend 'tensorflow' with TensorFlow.js and makes it the current one; gradients
 * stay as they were, and its kernels are completed.
 *
 * @returns The version of TensorFlow.
 * @throws EngineError naming the engine if it does not load; one that names none if `GAN_TFJS_NODE` is wrong.
 */
export function loadTensorflow(name: TensorflowName): string {
  if (owner !== undefined && owner !== name)
    throw new EngineError(`${owner} is loaded, and both have the same name for TensorFlow.js`, {
      engine: name,
      remedy: 'use it in another process',
    });
  const known = versions.get(name);
  if (known !== undefined) return known;
  const path = `@tensorflow/${name}`;
  const project = projectOfTensorflow();
  restoreUtil();
  try {
    keepingGradients(() => project(path));
    const { binding } = engine().findBackend(BACKEND) as { readonly binding?: { readonly TF_Version?: string } };
    const version = binding?.TF_Version ?? 'unknown';
    completeTensorflow(BACKEND);
    versions.set(name, version);
    owner = name;
    return version;
  } catch (cause) {
    forgetTensorflow();
    throw refusal(name, path, cause);
  }
}

/** Whether a package is there to be loaded. @throws EngineError if `GAN_TFJS_NODE` is wrong. */
export function isInstalled(name: TensorflowName): boolean {
  try {
    projectOfTensorflow().resolve(`@tensorflow/${name}`);
    return true;
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    return false;
  }
}

/** Takes back what a package has registered, so that the other one can be loaded. */
export function forgetTensorflow(): void {
  owner = undefined;
  if (findBackendFactory(BACKEND)) removeBackend(BACKEND);
  for (const { kernelName } of getKernelsForBackend(BACKEND)) unregisterKernel(kernelName, BACKEND);
}
