import { EngineError, sentenceOf } from '../engine-error.js';
import type { Adapter } from './adapter.js';
import { type DawnEvents, eventsFrom } from './dawn-events.js';

/** A device that is open, and what went wrong on it. */
export interface Device {
  readonly device: GPUDevice;
  /** Its events, if it is Dawn's; a page has them between two tasks only. */
  readonly events: DawnEvents | undefined;
  /** Whether it is gone, with everything on it. */
  readonly isLost: () => boolean;
  /** @throws EngineError if it is gone; once, if it refused something it was told to do. */
  readonly assertSound: () => void;
}

/** What kernels want as much of as there is. */
const limits = [
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const;

/**
 * Opens a device of an adapter.
 *
 * @throws EngineError if there is none to be had.
 */
export async function openDevice({ adapter, name }: Adapter): Promise<Device> {
  const { begun, events } = eventsFrom(() =>
    adapter.requestDevice({
      requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
      requiredLimits: Object.fromEntries(limits.map((limit) => [limit, adapter.limits[limit]])),
    }),
  );
  const device = await begun.catch((cause: unknown) => {
    throw new EngineError(`${name} gives no device: ${sentenceOf(cause)}`, { engine: 'webgpu', cause });
  });
  let refused: EngineError | undefined;
  let lost: EngineError | undefined;
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault();
    refused ??= new EngineError(`${name} refused a command: ${event.error.message.trim()}`, {
      engine: 'webgpu',
      cause: event.error,
    });
  });
  void device.lost.then(({ reason, message }) => {
    lost = new EngineError(`${name} was lost (${reason}): ${message.trim().split('\n')[0]}`, {
      engine: 'webgpu',
      remedy: 'call engine() again and go on from a checkpoint',
    });
  });
  // Dawn ends the process with an abort where a device is still open.
  if (events) process.once('exit', () => device.destroy());
  const assertSound = () => {
    const failure = lost ?? refused;
    refused = undefined;
    if (failure) throw failure;
  };
  return { device, events, isLost: () => lost !== undefined, assertSound };
}
