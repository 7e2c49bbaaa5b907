import { check } from './check.js';
import { type Device, deviceInUse, devices } from './device.js';
import { encoderOf } from './encode.js';
import { Handle } from './handle.js';
import { invocation } from './invoke.js';
import { library, twinsOn } from './library.js';
import { pointerIn } from './pointer.js';
import { type ArgumentsOf, parseSchema, type ResultOf } from './schema.js';
import { schemas } from './schemas.js';
import { succeed } from './status.js';
import type { Twins } from './symbols.js';
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

/** One function of the C interface for each device, or one for all. */
type Where = Readonly<Record<Device, string>>;
type Call = (...takes: (number | ArrayBufferView)[]) => number;

const typed = <S extends string>(names: Where, line: S, callOn: (device: Device) => Call) => {
  const schema = parseSchema(line);
  const encoders = schema.takes.map((parameter) => encoderOf(parameter));
  return (...values: ArgumentsOf<S>): Handle => {
    const device = deviceInUse();
    const name = names[device];
    check(name, schema, encoders, values);
    const raw = values.map((value: unknown) => (Handle.is(value) ? value.pointer : (value as number)));
    const call = callOn(device);
    succeed(call(...raw, out), name);
    const result = new Handle(pointerIn(out));
    witness?.shim({ call, name, values, result });
    return result;
  };
};

/**
 * A function of the C interface with the schema that it stands for, for what the dispatcher refuses: arguments of type
 * Scalar, here `float`. Each device has one, and that of the device in use is called. It borrows the tensors that it is given.
 *
 * @throws TorchError (when called) as `aten` does.
 */
export const twin = <const S extends string>(name: keyof Twins, line: S): ((...values: ArgumentsOf<S>) => Handle) =>
  typed(
    Object.fromEntries(devices.map((device) => [device, `aoti_torch_${device}_${name}`])) as unknown as Where,
    line,
    (device) => twinsOn(device)[name] as Call,
  );

/** The same of a function that finds the device by its tensors. */
export const shim = <const S extends string>(
  name: 'aoti_torch_aten_subtract_Tensor' | 'aoti_torch_clone',
  line: S,
): ((...values: ArgumentsOf<S>) => Handle) =>
  typed({ cpu: name, cuda: name, mps: name }, line, () => library().functions[name] as Call);
