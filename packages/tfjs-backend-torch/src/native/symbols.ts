/** C types, as koffi names them, with what JavaScript passes for each. A `void *` is memory that the callee reads or fills. */
interface CTypes {
  int: number;
  int32_t: number;
  int64_t: number | bigint;
  uint64_t: bigint;
  size_t: number;
  float: number;
  double: number;
  bool: boolean;
  uintptr_t: number;
  'void *': ArrayBufferView | null;
  str: string;
  void: undefined;
}

type CType = keyof CTypes;
type Signature = readonly [result: CType, ...takes: CType[]];

/**
 * Every function of libtorch's stable C interface that this package calls: the result, then what it takes. An `int`
 * result is a return code, 0 for success; a last `void *` is where the result goes.
 */
export const symbols = {
  aoti_torch_abi_version: ['uint64_t'],
  torch_get_num_threads: ['int', 'void *'],
  aoti_torch_grad_mode_set_enabled: ['void', 'bool'],

  aoti_torch_device_type_cuda: ['int32_t'],
  aoti_torch_device_type_mps: ['int32_t'],

  aoti_torch_dtype_float32: ['int32_t'],
  aoti_torch_dtype_float64: ['int32_t'],
  aoti_torch_dtype_int32: ['int32_t'],
  aoti_torch_dtype_int64: ['int32_t'],
  aoti_torch_dtype_bool: ['int32_t'],
  aoti_torch_dtype_complex64: ['int32_t'],
  aoti_torch_dtype_complex128: ['int32_t'],
  aoti_torch_memory_format_contiguous_format: ['int32_t'],
  aoti_torch_memory_format_channels_last: ['int32_t'],
  aoti_torch_memory_format_channels_last_3d: ['int32_t'],
  aoti_torch_memory_format_preserve_format: ['int32_t'],

  torch_call_dispatcher: ['int', 'str', 'str', 'void *', 'uint64_t'],
  torch_new_list_reserve_size: ['int', 'size_t', 'void *'],
  torch_list_push_back: ['int', 'uintptr_t', 'int64_t'],
  torch_list_size: ['int', 'uintptr_t', 'void *'],
  torch_list_get_item: ['int', 'uintptr_t', 'int64_t', 'void *'],
  torch_delete_list: ['int', 'uintptr_t'],
  torch_new_string_handle: ['int', 'str', 'size_t', 'void *'],

  aoti_torch_new_tensor_handle: ['int', 'uintptr_t', 'void *'],
  aoti_torch_delete_tensor_object: ['int', 'uintptr_t'],
  aoti_torch_get_numel: ['int', 'uintptr_t', 'void *'],
  aoti_torch_get_dim: ['int', 'uintptr_t', 'void *'],
  aoti_torch_get_size: ['int', 'uintptr_t', 'int64_t', 'void *'],
  aoti_torch_get_stride: ['int', 'uintptr_t', 'int64_t', 'void *'],
  aoti_torch_get_dtype: ['int', 'uintptr_t', 'void *'],
  aoti_torch_is_contiguous: ['int', 'uintptr_t', 'void *'],
  aoti_torch_get_data_ptr: ['int', 'uintptr_t', 'void *'],
  aoti_torch_get_storage_size: ['int', 'uintptr_t', 'void *'],
  aoti_torch_get_storage_offset: ['int', 'uintptr_t', 'void *'],

  aoti_torch_create_tensor_from_blob: [
    ...(['int', 'void *', 'int64_t', 'void *', 'void *', 'int64_t'] as const),
    ...(['int32_t', 'int32_t', 'int32_t', 'void *'] as const),
  ],
  aoti_torch_empty_strided: ['int', 'int64_t', 'void *', 'void *', 'int32_t', 'int32_t', 'int32_t', 'void *'],
  aoti_torch__reinterpret_tensor: ['int', 'uintptr_t', 'int64_t', 'void *', 'void *', 'int64_t', 'void *'],
  aoti_torch_empty_strided_pinned: ['int', 'int64_t', 'void *', 'void *', 'int32_t', 'int32_t', 'int32_t', 'void *'],
  aoti_torch_clone: ['int', 'uintptr_t', 'void *'],
  aoti_torch_copy_: ['int', 'uintptr_t', 'uintptr_t', 'int32_t'],
  aoti_torch_scalar_to_tensor_float32: ['int', 'float', 'void *'],
  aoti_torch_aten_full: [
    ...(['int', 'void *', 'int64_t', 'double', 'void *'] as const),
    ...(['void *', 'void *', 'int32_t', 'void *', 'void *'] as const),
  ],

  aoti_torch_aten_subtract_Tensor: ['int', 'uintptr_t', 'uintptr_t', 'double', 'void *'],
} as const satisfies Record<string, Signature>;

/** What libtorch has only from 2.13 on, and what stands in for it before is said where it is used. */
export const laterSymbols = {
  torch_exception_get_what_without_backtrace: ['str'],
  torch_new_stable_ivalue: ['int', 'void *'],
} as const satisfies Record<string, Signature>;

/** What each device has a function of its own for: `aoti_torch_cpu_add_Tensor`, `aoti_torch_cuda_add_Tensor`, ... */
export const twins = {
  add_Tensor: ['int', 'uintptr_t', 'uintptr_t', 'double', 'void *'],
  add_Scalar: ['int', 'uintptr_t', 'double', 'double', 'void *'],
  mul_Scalar: ['int', 'uintptr_t', 'double', 'void *'],
  pow_Tensor_Scalar: ['int', 'uintptr_t', 'double', 'void *'],
} as const satisfies Record<string, Signature>;

type Values<T extends readonly CType[]> = { -readonly [I in keyof T]: CTypes[T[I]] };

type Callable<S extends Signature> = S extends readonly [infer R extends CType, ...infer A extends readonly CType[]]
  ? (...takes: Values<A>) => CTypes[R]
  : never;

/** The loaded functions, by name and with the types of their C declarations. */
export type Functions = { readonly [N in keyof typeof symbols]: Callable<(typeof symbols)[N]> } & {
  readonly [N in keyof typeof laterSymbols]: Callable<(typeof laterSymbols)[N]> | undefined;
};

/** The functions of one device, by the part of their names that the devices share. */
export type Twins = { readonly [N in keyof typeof twins]: Callable<(typeof twins)[N]> };
