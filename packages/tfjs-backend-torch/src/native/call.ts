import { check } from './check.js';
import { encoderOf } from './encode.js';
import { Handle } from './handle.js';
import { library } from './library.js';
import { pointerIn } from './pointer.js';
import { type ArgumentsOf, parseSchema, type ResultOf } from './schema.js';
import { schemas } from './schemas.js';
import { succeed } from './status.js';
import type { Functions } from './symbols.js';

type Schemas = typeof schemas;

/** An ATen operator of the table, as PyTorch writes it: `convolution`, `add.Tensor`. */
export type OperatorName = keyof Schemas & string;

/** An operator as a function whose arguments and results have the types of its schema. */
export type Operator<N extends OperatorName> = (...values: ArgumentsOf<Schemas[N]>) => ResultOf<Schemas[N]>;

/** Arguments on the way in, results on the way out; past the arguments it stays zero: null, false, nothing. */
const stack = new Uint32Array(2 * 32);
const slots = new BigInt64Array(stack.buffer);
const out = new Uint32Array(2);

const put = (at: number, value: number | bigint): void => {
  if (typeof value === 'bigint') slots[at] = value;
  else {
    stack[2 * at] = value;
    stack[2 * at + 1] = Math.floor(value / 2 ** 32);
  }
};

/**
 * An ATen operator. Every call compares the arguments with the schema first and reads the return code after.
 *
 * @throws TorchError (when called) for arguments that do not fit, or with libtorch's own sentence.
 */
export function aten<N extends OperatorName>(name: N): Operator<N> {
  const schema = parseSchema(schemas[name]);
  const encoders = schema.takes.map(encoderOf);
  const [base = '', overload = ''] = name.split('.');
  const operator = `aten::${base}`;
  const qualified = `aten::${name}`;
  const { gives } = schema;
  const used = Math.max(schema.takes.length, gives.length);

  const invoke = (...values: unknown[]): any => {
    check(qualified, schema, encoders, values);
    for (let i = 0; i < values.length; i++) put(i, encoders[i]!.slot(values[i] as never));
    stack.fill(0, 2 * values.length, 2 * used);
    const { functions, packed } = library();
    succeed(functions.torch_call_dispatcher(operator, overload, stack, packed), qualified);
    if (gives.length === 0) return undefined;
    if (gives.length === 1) return new Handle(pointerIn(stack));
    const pointers = gives.map((_, index) => pointerIn(stack, index));
    return pointers.map((pointer) => new Handle(pointer));
  };
  return invoke;
}

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
  const encoders = schema.takes.map(encoderOf);
  return (...values: unknown[]) => {
    check(name, schema, encoders, values);
    const raw = values.map((value) => (Handle.is(value) ? value.pointer : (value as number)));
    const call = library().functions[name] as (...takes: (number | ArrayBufferView)[]) => number;
    succeed(call(...raw, out), name);
    return new Handle(pointerIn(out));
  };
}
