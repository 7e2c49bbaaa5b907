import { engine, getKernel, registerKernel, Tensor } from '@tensorflow/tfjs-core';
import { TorchBackend } from '../backend.js';
import { kernel, type Operands } from '../kernel.js';
import { as } from '../kernels/convert.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { elementType } from '../native/inspect.js';
import type { Invocation } from '../native/invoke.js';
import { download } from '../native/memory.js';
import type { Schema } from '../native/schema.js';
import { TorchError } from '../native/torch-error.js';
import { checkArguments, plainAmong, rejoined, tensorsAmong } from './arguments.js';

const differs = aten('ne.Tensor');
const any = aten('any.dims');

/** Parameters that hold places, which libtorch wants as int64 where TensorFlow.js has int32. */
const PLACES = /^(?:index|indices|targets?|offsets|repeats|sorter|(?:input|target)_lengths)(?:\.\d+)?$/;

/** Whether a value is a tensor of TensorFlow.js whose data it still has. */
const lives = (value: unknown): boolean =>
  value instanceof Tensor && !value.isDisposed && engine().state.tensorInfo.has(value.dataId);

/** int64 as int32, the whole numbers that TensorFlow.js has. @throws TorchError if some are too large. */
function narrowed(handle: Handle, operator: string): Handle {
  if (elementType(handle) !== 'int64') return handle;
  const narrow = as(handle, 'int32');
  if (download(any(differs(as(narrow, 'int64'), handle), null, false), 'bool')[0] === 1)
    throw new TorchError(`${operator} gave whole numbers beyond int32: call it on { shape, values }`, { operator });
  return narrow;
}

const register = (operator: string, backendName: string, schema: Schema, invoke: Invocation): void => {
  const config = kernel<Operands<string>, Readonly<Record<string, unknown>>>(operator, (operands, plain) => {
    const handles: Record<string, Handle> = {};
    for (const [name, { handle, dtype }] of Object.entries(operands))
      handles[name] = dtype === 'int32' && PLACES.test(name) ? as(handle, 'int64') : handle;
    const result = invoke(...rejoined(schema, handles, plain)) as Handle | Handle[];
    return Array.isArray(result) ? result.map((one) => narrowed(one, operator)) : narrowed(result, operator);
  });
  registerKernel({ ...config, backendName });
};

/**
 * Calls an operator as a kernel of TensorFlow.js by the operator's name, so that its results are tracked by `tidy`, and a
 * gradient that is asked for but not registered is an error instead of zero.
 *
 * @throws TorchError if the arguments do not fit, or the current backend is not of libtorch.
 */
export function onTensors(
  operator: string,
  schema: Schema,
  invoke: Invocation,
  values: readonly unknown[],
): Tensor | Tensor[] {
  checkArguments(operator, schema, values, lives);
  const { backend, backendName } = engine();
  if (!(backend instanceof TorchBackend))
    throw new TorchError(`${operator} needs the backend 'torch', but the current one is '${backendName}'`, {
      operator,
    });
  if (getKernel(operator, backendName) === undefined) register(operator, backendName, schema, invoke);
  return engine().runKernel(operator, tensorsAmong<Tensor>(schema, values), plainAmong(schema, values) as never);
}
