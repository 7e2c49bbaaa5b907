import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { storageOf } from '../kernels/storage.js';
import type { WebGPUStorage } from './storage.js';

const THREADS = 128;

/**
 * A kernel that computes number by number.
 *
 * @param name Under which the compiled program is kept.
 * @param code In WGSL, `fn mapped(x : f32) -> f32` and what it needs.
 */
export const elementwise =
  (name: string, code: string): KernelFunc =>
  ({ inputs, backend }) => {
    const x = inputs['x'] as TensorInfo;
    const program = {
      variableNames: ['A'],
      outputShape: x.shape,
      size: true,
      workgroupSize: [THREADS, 1, 1],
      dispatchLayout: { x: x.shape.map((_, i) => i) },
      dispatch: [Math.ceil(util.sizeFromShape(x.shape) / THREADS), 1, 1],
      shaderKey: `gan-${name}`,
      getUserCode: () => `${code}
        fn main(index : i32) {
          if (index < uniforms.size) {
            setOutputAtIndex(index, mapped(getAByOutputIndex(index)));
          }
        }`,
    };
    return storageOf<WebGPUStorage>(backend).runWebGPUProgram(program, [x], 'float32');
  };
