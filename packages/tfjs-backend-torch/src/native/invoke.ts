import { check } from './check.js';
import { encoderOf } from './encode.js';
import { Handle } from './handle.js';
import { library } from './library.js';
import { pointerIn } from './pointer.js';
import { preconditions } from './preconditions.js';
import type { Schema } from './schema.js';
import { succeed } from './status.js';
import { witness } from './witness.js';

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

/** The tensors of a list that libtorch gave, which is deleted. */
const unpacked = (list: number): Handle[] => {
  const c = library().functions;
  try {
    succeed(c.torch_list_size(list, out), 'torch_list_size');
    return Array.from({ length: pointerIn(out) }, (_, index) => {
      succeed(c.torch_list_get_item(list, index, out), 'torch_list_get_item');
      return new Handle(pointerIn(out));
    });
  } finally {
    c.torch_delete_list(list);
  }
};

/** How an operator is called: with what its schema takes, for what it gives. */
export type Invocation = (...values: readonly unknown[]) => undefined | Handle | Handle[];

/**
 * An ATen operator by its name, `add.Tensor`, and schema. Every call compares the arguments with the schema first and reads
 * the return code after.
 *
 * @throws TorchError (when called) for arguments that do not fit, or with libtorch's own sentence.
 */
export function invocation(name: string, schema: Schema): Invocation {
  const encoders = schema.takes.map((parameter) => encoderOf(parameter));
  const [base = '', overload = ''] = name.split('.');
  const operator = `aten::${base}`;
  const qualified = `aten::${name}`;
  const { gives } = schema;
  const holds = Object.hasOwn(preconditions, name) ? preconditions[name] : undefined;
  const used = Math.max(schema.takes.length, gives.length);

  return (...values) => {
    check(qualified, schema, encoders, values);
    holds?.(qualified, values);
    for (let i = 0; i < values.length; i++) put(i, encoders[i]!.slot(values[i] as never));
    stack.fill(0, 2 * values.length, 2 * used);
    const { functions, packed } = library();
    succeed(functions.torch_call_dispatcher(operator, overload, stack, packed), qualified);
    if (gives.length === 0 || gives[0] === 'Tensor[]')
      witness?.refuse(`${qualified} ${gives.length === 0 ? 'changes what it is given' : 'gives a list'}`);
    if (gives.length === 0) return undefined;
    if (gives[0] === 'Tensor[]') return unpacked(pointerIn(stack));
    if (gives.length === 1) {
      const result = new Handle(pointerIn(stack));
      witness?.operator({ operator, overload, schema, values, results: [result] });
      return result;
    }
    const pointers = gives.map((_, index) => pointerIn(stack, index));
    const results = pointers.map((pointer) => new Handle(pointer));
    witness?.operator({ operator, overload, schema, values, results });
    return results;
  };
}
