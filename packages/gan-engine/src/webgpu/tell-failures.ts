import type { Device } from './device.js';
import type { WebGPUStorage } from './storage.js';

/**
 * Has a backend throw what its device finds wrong: at the kernel that did it where the device says so at once, as Dawn does,
 * else at whatever is computed or read next. The output of such a kernel is let go.
 */
export function tellFailures(backend: WebGPUStorage, { assertSound }: Device): void {
  const run = backend.runWebGPUProgram.bind(backend);
  const record = backend.recordAndSubmit.bind(backend);
  const read = backend.read.bind(backend);
  const readSync = backend.readSync.bind(backend);
  backend.runWebGPUProgram = (program, inputs, dtype, uniforms, given) => {
    const output = given ?? backend.makeTensorInfo(program.outputShape, dtype);
    try {
      run(program, inputs, dtype, uniforms, output);
      assertSound();
      return output;
    } catch (cause) {
      delete backend.pipelineCache[program.shaderKey];
      if (!given) backend.disposeData(output.dataId);
      throw cause;
    }
  };
  // A program that was refused would make the whole command buffer void, and what other kernels have put into it.
  backend.recordAndSubmit = (...given) => {
    assertSound();
    record(...given);
  };
  backend.read = async (dataId) => {
    assertSound();
    try {
      return await read(dataId);
    } finally {
      // What it says of its loss, or of what it refused, says more than that a buffer cannot be mapped.
      await undefined;
      assertSound();
    }
  };
  backend.readSync = (dataId) => {
    assertSound();
    const values = readSync(dataId);
    assertSound();
    return values;
  };
}
