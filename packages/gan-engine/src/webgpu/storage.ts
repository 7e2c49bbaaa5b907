import type { DataId, DataStorage, DataType, TensorInfo } from '@tensorflow/tfjs-core';

/** Numbers as JavaScript holds them. */
export type Values = Float32Array | Int32Array | Uint8Array;

/** What is known of the numbers of a tensor: they lie in JavaScript, in a buffer of the device, or in two complex parts. */
export interface Held {
  values: Values | null;
  readonly dtype: DataType;
  readonly resource?: GPUBuffer | null;
  readonly complexTensorInfos?: { readonly real: TensorInfo; readonly imag: TensorInfo };
}

/** A program of the backend, in WGSL. */
export interface Program {
  readonly outputShape: number[];
  readonly shaderKey: string;
}

/** What is used of TensorFlow.js's WebGPU backend. */
export interface WebGPUStorage {
  readonly device: GPUDevice;
  readonly tensorMap: DataStorage<Held>;
  readonly bufferManager: {
    readonly acquireBuffer: (size: number, usage: number) => GPUBuffer;
    readonly releaseBuffer: (buffer: GPUBuffer) => void;
  };
  readonly pipelineCache: Record<string, unknown>;
  readonly commandEncoder: GPUCommandEncoder;
  readonly ensureCommandEncoderReady: () => void;
  readonly endComputePassEncoder: () => void;
  readonly submitQueue: () => void;
  readonly makeTensorInfo: (shape: number[], dtype: DataType) => TensorInfo;
  readonly disposeData: (dataId: DataId) => boolean;
  recordAndSubmit(...given: unknown[]): void;
  readSync(dataId: DataId): Values;
  read(dataId: DataId): Promise<Values>;
  runWebGPUProgram(
    program: Program,
    inputs: TensorInfo[],
    dtype: DataType,
    uniforms?: object[],
    output?: TensorInfo,
  ): TensorInfo;
}
