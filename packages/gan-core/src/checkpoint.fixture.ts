import type { Checkpoint } from './checkpoint.js';

/** A checkpoint whose every number follows from its step. */
export function testCheckpoint(step: number): Checkpoint {
  return {
    manifest: {
      format: 1,
      step,
      seed: 7,
      batchSize: 4,
      updates: { both: step },
      game: { networks: { généré: { 'dense/kernel': 'float32 2x3' } }, 2: null, 1: [true, 0.1, '\u2028"'] },
      engine: null,
    },
    tensors: {
      'weights/generator/parameters/kernel': {
        dtype: 'float32',
        shape: [16, 1024],
        values: Float32Array.from({ length: 16 * 1024 }, (_, i) => i / 8 + step),
      },
      'weights/generator/state/steps': { dtype: 'int32', shape: [], values: Int32Array.of(step) },
      'pools/fake/used': { dtype: 'bool', shape: [2], values: Uint8Array.of(step % 2, 1) },
    },
  };
}
