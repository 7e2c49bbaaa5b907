import { deviceInUse } from './device.js';
import { library } from './library.js';
import { type Precision, precisionInUse } from './precision.js';

/**
 * Types of elements: the four that TensorFlow.js knows as such, and those that only intermediate results have. What
 * `float32` and `complex64` stand for depends on the precision in use, so that a kernel is written once. On Metal, which has
 * no doubles, `float64` and `complex128` stand for singles.
 */
export type NativeType = 'float32' | 'int32' | 'bool' | 'complex64' | 'int64' | 'float64' | 'complex128';

/** Memory orders that an operator can be asked for. */
export type MemoryFormat = 'contiguous_format' | 'preserve_format' | 'channels_last' | 'channels_last_3d';

interface Codes {
  readonly types: Readonly<Record<NativeType, number>>;
  readonly formats: Readonly<Record<MemoryFormat, number>>;
  readonly names: ReadonlyMap<number, NativeType>;
}

let codes: Readonly<Record<Precision | 'singles', Codes>> | undefined;

const read = (): Readonly<Record<Precision | 'singles', Codes>> => {
  const { functions: c } = library();
  const types = {
    float32: c.aoti_torch_dtype_float32(),
    int32: c.aoti_torch_dtype_int32(),
    bool: c.aoti_torch_dtype_bool(),
    int64: c.aoti_torch_dtype_int64(),
    float64: c.aoti_torch_dtype_float64(),
    complex64: c.aoti_torch_dtype_complex64(),
    complex128: c.aoti_torch_dtype_complex128(),
  };
  const formats = {
    contiguous_format: c.aoti_torch_memory_format_contiguous_format(),
    preserve_format: c.aoti_torch_memory_format_preserve_format(),
    channels_last: c.aoti_torch_memory_format_channels_last(),
    channels_last_3d: c.aoti_torch_memory_format_channels_last_3d(),
  };
  const names = new Map(Object.entries(types).map(([name, code]) => [code, name as NativeType]));
  /** Doubles go by TensorFlow.js's name, and singles by none: a kernel that lets one through is told so. */
  const wideNames = new Map(names).set(types.float64, 'float32').set(types.complex128, 'complex64');
  wideNames.delete(types.float32);
  wideNames.delete(types.complex64);
  const wideTypes = { ...types, float32: types.float64, complex64: types.complex128 };
  const narrowTypes = { ...types, float64: types.float32, complex128: types.complex64 };
  return {
    float32: { types, formats, names },
    float64: { types: wideTypes, formats, names: wideNames },
    singles: { types: narrowTypes, formats, names },
  };
};

const knownIn = (precision: Precision | 'singles'): Codes => {
  codes ??= read();
  return codes[precision];
};

const known = (): Codes => knownIn(deviceInUse() === 'mps' ? 'singles' : precisionInUse());

/** The number by which libtorch knows a type, in the precision in use. */
export const typeCode = (type: NativeType): number => known().types[type];

/** The same of numbers in an array of JavaScript, which are what they are in any precision. */
export const arrayTypeCode = (type: NativeType): number => knownIn('float32').types[type];

/** The number by which libtorch knows a memory format. */
export const formatCode = (format: MemoryFormat): number => known().formats[format];

/** The type that a number stands for, in the precision in use; undefined for types that are not used here. */
export const typeOf = (code: number): NativeType | undefined => known().names.get(code);

/** Whether a value names a type. */
export const isType = (value: unknown): value is NativeType =>
  typeof value === 'string' && Object.hasOwn(known().types, value);

/** Whether a value names a memory format. */
export const isFormat = (value: unknown): value is MemoryFormat =>
  typeof value === 'string' && Object.hasOwn(known().formats, value);
