/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A tensor on the host. */
export interface StoredTensor {
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/** Tensors on the host, by name. */
export type StoredTensors = Readonly<Record<string, StoredTensor>>;

/** What a checkpoint is of: enough to refuse another model with the difference. */
export interface CheckpointManifest {
  readonly format: 1;
  /** Steps done. */
  readonly step: number;
  readonly seed: number;
  readonly batchSize: number;
  /** Updates done, by player. */
  readonly updates: { readonly [player: string]: number };
  /** Networks with their ports and tensors, samples, objective and players. */
  readonly game: Json;
  /** What computed it: the same bits can only be expected of the same. */
  readonly engine: Json;
}

/** All that a training consists of at one moment, on the host. Plain data: it survives structured cloning. */
export interface Checkpoint {
  readonly manifest: CheckpointManifest;
  /** By place: `weights/<network>/parameters/<name>`, `optimizers/<player>/<name>`, and so on. */
  readonly tensors: StoredTensors;
}

/** Whether it has the parts of a checkpoint. */
export const isCheckpoint = (value: unknown): value is Checkpoint => {
  const { manifest, tensors } = Object(value) as Partial<Record<keyof Checkpoint, unknown>>;
  return typeof tensors === 'object' && typeof manifest === 'object' && manifest !== null && 'format' in manifest;
};
