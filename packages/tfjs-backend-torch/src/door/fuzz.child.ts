// Makes fuzzed calls: node fuzz.child.ts <seed> <first> <count> <file for the number of the call that is being made>
import { openSync, writeSync } from 'node:fs';
import { complex, setBackend, Tensor, tensor } from '@tensorflow/tfjs-core';
import type { NativeType } from '../native/dtype.js';
import { type Handle, liveHandles, scope } from '../native/handle.js';
import { invocation } from '../native/invoke.js';
import { upload } from '../native/memory.js';
import { parseSchema } from '../native/schema.js';
import { TorchError } from '../native/torch-error.js';
import { registerTorch } from '../register.js';
import { type AtenName, aten } from './aten.js';
import { callText, type FuzzCall, type FuzzTensor, fuzzCall, uniform } from './fuzz.fixture.js';
import type { Numbers } from './numbers.js';

const arrays = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
  complex64: Float32Array,
  complex128: Float64Array,
} as const;

const isComplex = (dtype: NativeType): boolean => dtype === 'complex64' || dtype === 'complex128';

function numbers({ shape, dtype, seed }: FuzzTensor): Numbers {
  const random = uniform(seed);
  const complex = isComplex(dtype);
  const values = new arrays[dtype](shape.reduce((all, size) => all * size, complex ? 2 : 1));
  for (let i = 0; i < values.length; i++) {
    const value = 10 * random() - 5;
    if (dtype === 'int64') values[i] = BigInt(Math.floor(value));
    else values[i] = dtype === 'bool' ? Number(value > 0) : dtype === 'int32' ? Math.floor(value) : value;
  }
  return { shape, values, ...(complex && { complex }) };
}

/** The type of TensorFlow.js that comes closest. */
const nearest = {
  float64: 'float32',
  float32: 'float32',
  int32: 'int32',
  int64: 'int32',
  bool: 'bool',
  complex64: 'complex64',
  complex128: 'complex64',
} as const;

/** A value of a call with tensors made of what stands for them. */
function real(value: unknown, make: (tensor: FuzzTensor) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => real(item, make));
  return typeof value === 'object' && value !== null && 'seed' in value ? make(value as FuzzTensor) : value;
}

const makers = {
  kernel: (of: FuzzTensor): Handle => {
    const { shape, values } = numbers(of);
    const handle = upload(values as never, shape, of.dtype);
    if (of.freed) handle.free();
    return handle;
  },
  numbers,
  tensors: (of: FuzzTensor): Tensor => {
    const dtype = nearest[of.dtype];
    const { values } = numbers({ ...of, dtype: dtype === 'complex64' ? 'float32' : dtype });
    const part = tensor(values as Float32Array, [...of.shape], dtype === 'complex64' ? 'float32' : dtype);
    const made = dtype === 'complex64' ? complex(part, part) : part;
    if (made !== part) part.dispose();
    if (of.freed) made.dispose();
    else own.push(made);
    return made;
  },
};
const own: Tensor[] = [];

function perform({ by, operator, schema, values }: FuzzCall): void {
  scope(() => {
    const passed = values.map((value) => real(value, makers[by]));
    const call = by === 'kernel' ? invocation(operator, parseSchema(schema)) : aten(operator as AtenName);
    const result = (call as (...values: unknown[]) => unknown)(...passed);
    // Also of numbers, where there was none to tell by: `block_diag([])`.
    own.push(...[result].flat().filter((one): one is Tensor => one instanceof Tensor));
  });
}

const [seed, first, count] = process.argv.slice(2, 5).map(Number) as [number, number, number];
const log = openSync(process.argv[5]!, 'w');
await registerTorch({ folder: process.env['GAN_LIBTORCH']! });
await setBackend('torch');
const live = liveHandles();
const word = Buffer.alloc(8);
let refused = 0;
let wrong: string | undefined;
for (let index = first; index < first + count && wrong === undefined; index++) {
  word.writeDoubleLE(index);
  writeSync(log, word, 0, 8, 0);
  const call = fuzzCall(seed, index);
  try {
    perform(call);
  } catch (error) {
    if (error instanceof TorchError) refused++;
    else wrong = `${callText(call)} threw ${error instanceof Error ? error.stack : error}`;
  }
  for (const made of own.splice(0)) made.dispose();
}
process.stdout.write(JSON.stringify({ refused, wrong, leaked: liveHandles() - live }));
