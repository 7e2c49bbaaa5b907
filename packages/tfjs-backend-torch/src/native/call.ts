import { check } from './check.js';
import { encoderOf } from './encode.js';
import { Handle } from './handle.js';
import { invocation } from './invoke.js';
import { library } from './library.js';
import { pointerIn } from './pointer.js';
import { type ArgumentsOf, parseSchema, type ResultOf } from './schema.js';
import { schemas } from './schemas.js';
import { succeed } from './status.js';
import type { Functions } from './symbols.js';
import { witness } from './witness.js';

type Schemas = typeof schemas;

/** An ATen operator of the table, as PyTorch writes it: `convolution`, `add.Tensor`. */
export type OperatorName = keyof Schemas & string;

/** An operator as a function whose arguments and results have the types of its schema. */
export type Operator<N extends OperatorName> = (...values: ArgumentsOf<Schemas[N]>) => ResultOf<Schemas[N]>;

const out = new Uint32Array(2);

/**
 * An ATen operator of the table. Every call compares the arguments with the schema first and reads the return code after.
 *
 * @throws TorchError (when called) for arguments that do not fit, or with libtorch's own sentence.
 */
export const aten = <N extends OperatorName>(name: N): Operator<N> =>
  invocation(name, parseSchema(schemas[name])) as unknown as Operator<N>;

/** Functions of the C interface that take tensors and numbers and give one tensor. */
type ShimName = Extract<keyof Functions, `aoti_torch_cpu_${string}` | 'aoti_torch_aten_subtract_Tensor'>;

/**
 * A function of the C interface with the schema that it stands for, for what the dispatcher refuses: arguments of type
 * Scalar, here `float`. It borrows the tensors that it is given.
 *
 * @throws TorchError (when called) as `aten` does.
 */
export function shim<const S extends string>(name: ShimName, line: S): (...values: ArgumentsOf<S>) => Handle {
  const schema = parseSchema(line);
  const encoders = schema.takes.map((parameter) => encoderOf(parameter));
  return (...values: unknown[]) => {
    check(name, schema, encoders, values);
    const raw = values.map((value) => (Handle.is(value) ? value.pointer : (value as number)));
    const call = library().functions[name] as (...takes: (number | ArrayBufferView)[]) => number;
    succeed(call(...raw, out), name);
    const result = new Handle(pointerIn(out));
    witness?.shim({ call, name, values, result });
    return result;
  };
}
