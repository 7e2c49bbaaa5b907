import { type DataId, util } from '@tensorflow/tfjs-core';
import type { DawnEvents } from './dawn-events.js';
import type { Held, Values, WebGPUStorage } from './storage.js';

/** GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST and GPUMapMode.READ, which DOM's types lack. */
const [READABLE, READ] = [1 | 8, 1];

/**
 * Has a backend give numbers that are being read though their tensor is disposed of meanwhile, and read synchronously what lies
 * on a device of Dawn: its own way goes through a canvas, which a page has.
 */
export function mendReading(backend: WebGPUStorage, events: DawnEvents | undefined): void {
  const own = { read: backend.read.bind(backend), readSync: backend.readSync.bind(backend) };
  backend.read = async (dataId) => {
    const buffer = bufferOf(backend, dataId);
    if (!buffer) return own.read(dataId);
    const { dtype } = backend.tensorMap.get(dataId);
    const staging = copied(backend, buffer);
    await staging.mapAsync(READ);
    return kept(backend, dataId, valuesOf(backend, staging, dtype));
  };
  if (!events) return;
  backend.readSync = (dataId) => {
    const buffer = bufferOf(backend, dataId);
    if (!buffer) return own.readSync(dataId);
    const staging = copied(backend, buffer);
    let failed: unknown;
    staging.mapAsync(READ).catch((cause) => {
      failed = cause;
    });
    events.until(() => staging.mapState !== 'pending');
    if (staging.mapState !== 'mapped') throw failed ?? new Error('the device gives no numbers back');
    return kept(backend, dataId, valuesOf(backend, staging, backend.tensorMap.get(dataId).dtype));
  };
}

/** Where numbers lie that are on the device alone. */
function bufferOf({ tensorMap }: WebGPUStorage, dataId: DataId): GPUBuffer | undefined {
  const { values, resource, complexTensorInfos } = tensorMap.get(dataId);
  return values == null && !complexTensorInfos ? (resource ?? undefined) : undefined;
}

function copied(backend: WebGPUStorage, source: GPUBuffer): GPUBuffer {
  const staging = backend.bufferManager.acquireBuffer(source.size, READABLE);
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.commandEncoder.copyBufferToBuffer(source, 0, staging, 0, source.size);
  backend.submitQueue();
  return staging;
}

function valuesOf(backend: WebGPUStorage, staging: GPUBuffer, dtype: Held['dtype']): Values {
  const bytes = staging.getMappedRange().slice(0);
  staging.unmap();
  backend.bufferManager.releaseBuffer(staging);
  return util.convertBackendValuesAndArrayBuffer(bytes, dtype) as Values;
}

/** Keeps what was read beside the buffer, as the backend does. */
function kept({ tensorMap }: WebGPUStorage, dataId: DataId, values: Values): Values {
  if (tensorMap.has(dataId)) tensorMap.get(dataId).values = values;
  return values;
}
