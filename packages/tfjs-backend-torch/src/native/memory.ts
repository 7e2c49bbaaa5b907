import { checking } from './check.js';
import { deviceInUse } from './device.js';
import { arrayTypeCode, type NativeType, typeCode } from './dtype.js';
import { Handle, immortal } from './handle.js';
import { shapeOf } from './inspect.js';
import { library } from './library.js';
import { pointerIn } from './pointer.js';
import { succeed } from './status.js';
import { TorchError } from './torch-error.js';
import { witness } from './witness.js';

/** The numbers of a tensor, by its type, in JavaScript's memory. */
export interface ArrayOf {
  readonly float32: Float32Array;
  readonly int32: Int32Array;
  readonly bool: Uint8Array;
  /** Real and imaginary parts by turns. */
  readonly complex64: Float32Array;
  readonly int64: BigInt64Array;
  readonly float64: Float64Array;
  readonly complex128: Float64Array;
}

const arrays = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  complex64: Float32Array,
  int64: BigInt64Array,
  float64: Float64Array,
  complex128: Float64Array,
} as const;

const CPU = 0;

/** The number by which libtorch knows the device in use. */
const deviceCode = (): number => {
  const device = deviceInUse();
  const c = library().functions;
  if (device === 'cpu') return CPU;
  return device === 'cuda' ? c.aoti_torch_device_type_cuda() : c.aoti_torch_device_type_mps();
};

const out = new Uint32Array(2);

const product = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1);

const extents = (shape: readonly number[]): [sizes: BigInt64Array, strides: BigInt64Array] => {
  const sizes = new BigInt64Array(Math.max(1, shape.length));
  const strides = new BigInt64Array(Math.max(1, shape.length));
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    sizes[i] = BigInt(shape[i]!);
    strides[i] = BigInt(stride);
    stride *= Math.max(1, shape[i]!);
  }
  return [sizes, strides];
};

/** A tensor over JavaScript's own memory: for the length of one copy, while the garbage collector cannot run. */
function overlay<T>(
  values: ArrayBufferView,
  shape: readonly number[],
  type: NativeType,
  use: (pointer: number) => T,
): T {
  const c = library().functions;
  const [sizes, strides] = extents(shape);
  const code = c.aoti_torch_create_tensor_from_blob(
    values,
    shape.length,
    sizes,
    strides,
    0,
    arrayTypeCode(type),
    CPU,
    0,
    out,
  );
  succeed(code, 'aoti_torch_create_tensor_from_blob');
  const pointer = pointerIn(out);
  try {
    return use(pointer);
  } finally {
    c.aoti_torch_delete_tensor_object(pointer);
  }
}

type Empty = 'aoti_torch_empty_strided' | 'aoti_torch_empty_strided_pinned';

const empty = (how: Empty, shape: readonly number[], type: NativeType, device: number): Handle => {
  const [sizes, strides] = extents(shape);
  succeed(library().functions[how](shape.length, sizes, strides, typeCode(type), device, 0, out), how);
  return new Handle(pointerIn(out));
};

const copy = (to: number, from: number, waits: boolean): void =>
  succeed(library().functions.aoti_torch_copy_(to, from, waits ? 0 : 1), 'aoti_torch_copy_');

/**
 * Numbers that lie in JavaScript's memory, in a new tensor on the device in use. To a graphics processor of NVIDIA they go
 * by way of page-locked memory, so that nobody waits for what was asked of it before; libtorch keeps that memory until the
 * copy is done.
 */
const moved = (pointer: number, shape: readonly number[], type: NativeType): Handle => {
  const there = empty('aoti_torch_empty_strided', shape, type, deviceCode());
  if (deviceInUse() !== 'cuda') {
    copy(there.pointer, pointer, true);
    return there;
  }
  const locked = empty('aoti_torch_empty_strided_pinned', shape, type, CPU);
  try {
    copy(locked.pointer, pointer, true);
    copy(there.pointer, locked.pointer, false);
    return there;
  } finally {
    locked.free();
  }
};

/** A single number needs no memory of the host's where it can travel as an argument. */
const isSingle = (shape: readonly number[], type: NativeType): boolean =>
  shape.length === 0 && (type === 'float32' || type === 'float64' || type === 'int32' || type === 'bool');

/**
 * Copies numbers into a new tensor on the device in use, of doubles if those of `type` are held so.
 *
 * @throws TorchError unless there are as many as the shape asks for, in the array type that goes with `type`.
 */
export function upload<T extends NativeType>(values: ArrayOf[T], shape: readonly number[], type: T): Handle {
  const c = library().functions;
  if (!(values instanceof arrays[type])) throw new TorchError(`a tensor of ${type} needs a ${arrays[type].name}`);
  const count = product(shape) * width(type);
  if (values.length !== count)
    throw new TorchError(`a tensor of shape [${shape}] needs ${count} values, but got ${values.length}`);
  const held = arrayTypeCode(type) === typeCode(type);
  const here = deviceInUse() === 'cpu';
  if (here && shape.length === 0 && type === 'float32' && held) {
    succeed(c.aoti_torch_scalar_to_tensor_float32(Number(values[0]), out), 'aoti_torch_scalar_to_tensor_float32');
    return said(new Handle(pointerIn(out)));
  }
  if (values.length === 0) return full(shape, 0, type);
  if (!here && isSingle(shape, type)) return full(shape, Number(values[0]), type);
  return overlay(values, shape, type, (pointer) => {
    if (!here || !held) return said(moved(pointer, shape, type));
    succeed(c.aoti_torch_clone(pointer, out), 'aoti_torch_clone');
    return said(new Handle(pointerIn(out)));
  });
}

const said = (handle: Handle): Handle => {
  witness?.said(handle);
  return handle;
};

/** How many numbers in an array one element takes. */
const width = (type: NativeType): number => (type === 'complex64' || type === 'complex128' ? 2 : 1);

const allocated = <T extends NativeType>(shape: readonly number[], type: T): ArrayOf[T] => {
  const length = product(shape) * width(type);
  try {
    return new arrays[type](length) as ArrayOf[T];
  } catch (cause) {
    const bytes = length * arrays[type].BYTES_PER_ELEMENT;
    const sentence = `JavaScript has no room for the ${bytes} bytes of a ${type} tensor of shape [${shape}]`;
    throw new TorchError(sentence, { cause });
  }
};

/**
 * Copies a tensor's numbers out, row-major, whatever its strides and wherever it lies; it waits until they are there.
 *
 * @throws TorchError if there are more of them than an array holds.
 */
export function download<T extends NativeType>(handle: Handle, type: T): ArrayOf[T] {
  witness?.refuse('numbers were read');
  const shape = shapeOf(handle);
  const values = allocated(shape, type);
  if (values.length > 0) overlay(values, shape, type, (pointer) => copy(pointer, handle.pointer, true));
  return values;
}

const checkFull = checking('aoti_torch_aten_full', 'int[] size, float fill_value, ScalarType dtype ->');
const typeWord = new Int32Array(1);
const deviceWord = new Int32Array(1);

/** A tensor of one number throughout. */
export function full(shape: readonly number[], value: number, type: NativeType): Handle {
  checkFull(shape, value, type);
  const [sizes] = extents(shape);
  typeWord[0] = typeCode(type);
  deviceWord[0] = deviceCode();
  const c = library().functions;
  const code = c.aoti_torch_aten_full(sizes, shape.length, value, typeWord, null, deviceWord, 0, null, out);
  if (code !== 0) succeed(code, `aoti_torch_aten_full of [${shape}]`);
  return said(new Handle(pointerIn(out)));
}

/** A tensor whose numbers are whatever the memory held: only for operators that look at no more than its shape. */
export function uninitialised(shape: readonly number[], type: NativeType): Handle {
  const handle = empty('aoti_torch_empty_strided', shape, type, deviceCode());
  witness?.blank(handle);
  return handle;
}

const constants = new Map<string, Handle>();

/** A number as a tensor without dimensions, made once on each device. Kernels use it for their own few constants, not for data. */
export function constant(value: number, type: NativeType): Handle {
  const key = `${deviceInUse()} ${typeCode(type)} ${Object.is(value, -0) ? '-0' : value}`;
  let handle = constants.get(key);
  if (handle === undefined) {
    handle = immortal(full([], value, type));
    constants.set(key, handle);
  }
  return handle;
}

/** Another handle on the same memory. */
export function alias(handle: Handle): Handle {
  succeed(library().functions.aoti_torch_new_tensor_handle(handle.pointer, out), 'aoti_torch_new_tensor_handle');
  const other = new Handle(pointerIn(out));
  witness?.alias(other, handle);
  return other;
}
