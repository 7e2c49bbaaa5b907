/** What is used here of a TensorFlow.js backend; `readSync` and `write` copy. */
export interface Storage {
  readSync(dataId: object): Float32Array | Int32Array | Uint8Array;
  write(values: Float32Array | Int32Array | Uint8Array, shape: number[], dtype: string): object;
  disposeData(dataId: object, force?: boolean): boolean;
}

/** A backend as what it is beyond what TensorFlow.js knows of it. */
export const storageOf = <T = Storage>(backend: object): T => backend as T;
