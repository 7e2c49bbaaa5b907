import { library } from './library.js';

/** Types of elements: the three that TensorFlow.js knows as such, and those that only intermediate results have. */
export type NativeType = 'float32' | 'int32' | 'bool' | 'int64' | 'float64';

/** Memory orders that an operator can be asked for. */
export type MemoryFormat = 'contiguous_format' | 'preserve_format' | 'channels_last' | 'channels_last_3d';

interface Codes {
  readonly types: Readonly<Record<NativeType, number>>;
  readonly formats: Readonly<Record<MemoryFormat, number>>;
  readonly names: ReadonlyMap<number, NativeType>;
}

let codes: Codes | undefined;

const read = (): Codes => {
  const { functions: c } = library();
  const types = {
    float32: c.aoti_torch_dtype_float32(),
    int32: c.aoti_torch_dtype_int32(),
    bool: c.aoti_torch_dtype_bool(),
    int64: c.aoti_torch_dtype_int64(),
    float64: c.aoti_torch_dtype_float64(),
  };
  const formats = {
    contiguous_format: c.aoti_torch_memory_format_contiguous_format(),
    preserve_format: c.aoti_torch_memory_format_preserve_format(),
    channels_last: c.aoti_torch_memory_format_channels_last(),
    channels_last_3d: c.aoti_torch_memory_format_channels_last_3d(),
  };
  const names = new Map(Object.entries(types).map(([name, code]) => [code, name as NativeType]));
  return { types, formats, names };
};

const known = (): Codes => (codes ??= read());

/** The number by which libtorch knows a type. */
export const typeCode = (type: NativeType): number => known().types[type];

/** The number by which libtorch knows a memory format. */
export const formatCode = (format: MemoryFormat): number => known().formats[format];

/** The type that a number stands for; undefined for types that are not used here. */
export const typeOf = (code: number): NativeType | undefined => known().names.get(code);

/** Whether a value names a type. */
export const isType = (value: unknown): value is NativeType => typeof value === 'string' && value in known().types;

/** Whether a value names a memory format. */
export const isFormat = (value: unknown): value is MemoryFormat =>
  typeof value === 'string' && value in known().formats;
