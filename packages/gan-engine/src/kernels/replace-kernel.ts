import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/**
 * Registers a kernel of a backend in place of the one there is, if there is one.
 *
 * @param by From the function of the kernel there is; one that throws if there is none.
 */
export function replaceKernel(backendName: string, kernelName: string, by: (own: KernelFunc) => KernelFunc): void {
  const own = getKernel(kernelName, backendName);
  const none = () => {
    throw new Error(`${backendName} has no kernel ${kernelName}`);
  };
  if (own) unregisterKernel(kernelName, backendName);
  registerKernel({ ...own, kernelName, backendName, kernelFunc: by(own?.kernelFunc ?? none) });
}
