/** Where tensors lie and operators run: on the processor, on NVIDIA's graphics processors, or on Apple's. */
export type Device = 'cpu' | 'cuda' | 'mps';

export const devices: readonly Device[] = ['cpu', 'cuda', 'mps'];

let device: Device = 'cpu';

/** Where a kernel makes its tensors; the processor outside of kernels. */
export const deviceInUse = (): Device => device;

/** Runs `body`, which must not wait, on a device: what is uploaded or made meanwhile lies there. */
export function onDevice<T>(of: Device, body: () => T): T {
  const before = device;
  device = of;
  try {
    return body();
  } finally {
    device = before;
  }
}
