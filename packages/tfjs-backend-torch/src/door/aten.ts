import type { Tensor } from '@tensorflow/tfjs-core';
import { type Handle, scope } from '../native/handle.js';
import { type Invocation, invocation } from '../native/invoke.js';
import { type ArgumentsOf, parseSchema, type ResultOf, type Schema } from '../native/schema.js';
import { TorchError } from '../native/torch-error.js';
import { checkArguments, completed, plainAmong, rejoined, tensorsAmong } from './arguments.js';
import { areTakable, fromHandle, isNumbers, type Numbers, toHandle } from './numbers.js';
import { onTensors } from './on-tensors.js';
import { operators } from './operators.js';

type Operators = typeof operators;

/** An ATen operator of the door, with its overload after a dot, as PyTorch writes it: `linalg_eigh`, `sum.dim_IntList`. */
export type AtenName = keyof Operators & string;

/** An operator as a function whose arguments and results have the types of its schema; those with a default may be left out. */
export interface AtenOperator<N extends AtenName> {
  (...values: ArgumentsOf<Operators[N], Tensor>): ResultOf<Operators[N], Tensor>;
  (...values: ArgumentsOf<Operators[N], Numbers>): ResultOf<Operators[N], Numbers>;
}

/**
 * An operator of ATen, PyTorch's own library, for what TensorFlow.js lacks: `aten('linalg_eigh')(matrix)`. The functional
 * ones whose arguments the C interface of libtorch can pass: those that change a tensor, draw random numbers or take a
 * `Scalar` are none of them.
 *
 * Given tensors, it gives tensors, on the backend `torch` or `torch-float64`: tracked by `tidy`, int64 as int32, and int32
 * widened for parameters that hold places (`index`). Given `Numbers`, it gives numbers, in any type and without a backend:
 * a matrix in a Float64Array is decomposed in float64.
 *
 * Like every kernel it is differentiated by what `registerGradient({ kernelName: 'aten::...' })` or a `customGrad` around
 * it says; without one the gradient is refused.
 *
 * @throws TorchError for an unknown name; when called, for arguments that do not fit, before libtorch sees them, or with
 *   libtorch's own sentence.
 */
export function aten<N extends AtenName>(name: N): AtenOperator<N> {
  const operator = `aten::${name}`;
  if (!Object.hasOwn(operators, name))
    throw new TorchError(`${operator} is none of the ${Object.keys(operators).length} operators that can be called`, {
      operator,
    });
  const schema = parseSchema(operators[name]);
  const invoke = invocation(name, schema);
  const call = (...passed: readonly unknown[]): unknown => {
    const values = completed(schema, passed);
    return values.flat(1).some(isNumbers)
      ? onNumbers(operator, schema, invoke, values)
      : onTensors(operator, schema, invoke, values);
  };
  return call as AtenOperator<N>;
}

function onNumbers(
  operator: string,
  schema: Schema,
  invoke: Invocation,
  values: readonly unknown[],
): Numbers | Numbers[] {
  checkArguments(operator, schema, values, (value) => isNumbers(value) && areTakable(value));
  return scope(() => {
    const tensors = Object.entries(tensorsAmong<Numbers>(schema, values));
    const handles = Object.fromEntries(tensors.map(([name, numbers]) => [name, toHandle(numbers)]));
    const result = invoke(...rejoined(schema, handles, plainAmong(schema, values))) as Handle | Handle[];
    return Array.isArray(result) ? result.map((one) => fromHandle(one, operator)) : fromHandle(result, operator);
  });
}
