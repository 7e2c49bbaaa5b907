import { engine, type Tensor } from '@tensorflow/tfjs-core';
import { TorchBackend } from './backend.js';
import { as } from './kernels/convert.js';
import { scope } from './native/handle.js';
import { download, upload } from './native/memory.js';
import { TorchError } from './native/torch-error.js';

const current = (): TorchBackend => {
  const { backend, backendName } = engine();
  if (!(backend instanceof TorchBackend))
    throw new TorchError(`doubles are held by the backend 'torch-float64', but the current one is '${backendName}'`);
  return backend;
};

/**
 * A tensor of doubles: float32 to TensorFlow.js, which itself would round numbers on their way in. The backend `torch`
 * rounds them too.
 *
 * @throws TorchError unless there are as many as the shape asks for, or on a backend that is not of libtorch.
 */
export function doubles(values: Float64Array, shape: readonly number[] = [values.length]): Tensor {
  const backend = current();
  const handle = backend.run(() => scope(() => as(upload(values, shape, 'float64'), 'float32').keep()));
  return engine().makeTensorFromTensorInfo(backend.adopt(handle, 'float32'));
}

/**
 * The numbers of a tensor as they are held, where `dataSync` rounds to float32; row-major.
 *
 * @throws TorchError for strings and complex numbers, or on a backend that is not of libtorch.
 */
export function readDoubles(tensor: Tensor): Float64Array {
  const backend = current();
  return backend.run(() => scope(() => download(backend.handleOf(tensor), 'float64')));
}
