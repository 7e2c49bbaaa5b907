import { type NativeType, typeOf } from './dtype.js';
import type { Handle } from './handle.js';
import { library } from './library.js';
import { pointerIn } from './pointer.js';
import { succeed } from './status.js';

const out = new Uint32Array(2);

const sizes: Readonly<Record<NativeType, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  complex64: 8,
  int64: 8,
  float64: 8,
  complex128: 16,
};

/** What was asked for before: a tensor here never changes its shape. */
const shapes = new WeakMap<Handle, readonly number[]>();

/** The sizes that libtorch itself states. */
export function shapeOf(handle: Handle): readonly number[] {
  const { pointer } = handle;
  const known = shapes.get(handle);
  if (known) return known;
  const c = library().functions;
  succeed(c.aoti_torch_get_dim(pointer, out), 'aoti_torch_get_dim');
  const shape = new Array<number>(out[0]!);
  for (let i = 0; i < shape.length; i++) {
    succeed(c.aoti_torch_get_size(pointer, i, out), 'aoti_torch_get_size');
    shape[i] = pointerIn(out);
  }
  shapes.set(handle, shape);
  return shape;
}

/** How many numbers it has. */
export function countOf(handle: Handle): number {
  succeed(library().functions.aoti_torch_get_numel(handle.pointer, out), 'aoti_torch_get_numel');
  return pointerIn(out);
}

/** The type of the elements; undefined if it is none that is used here. */
export function elementType(handle: Handle): NativeType | undefined {
  succeed(library().functions.aoti_torch_get_dtype(handle.pointer, out), 'aoti_torch_get_dtype');
  return typeOf(out[0]!);
}

const yes = new Uint8Array(1);

/** Whether it lies row by row, without gaps. */
export function isContiguous(handle: Handle): boolean {
  succeed(library().functions.aoti_torch_is_contiguous(handle.pointer, yes), 'aoti_torch_is_contiguous');
  return yes[0] !== 0;
}

/** How a tensor lies in the memory behind it. */
export interface Layout {
  readonly dtype: number;
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  /** In elements, from the start of the memory. */
  readonly offset: number;
}

/** What libtorch itself states of that. */
export function layoutOf(handle: Handle): Layout {
  const c = library().functions;
  const { pointer } = handle;
  const sizes = shapeOf(handle);
  const strides = sizes.map((_, axis) => {
    succeed(c.aoti_torch_get_stride(pointer, axis, out), 'aoti_torch_get_stride');
    return pointerIn(out);
  });
  succeed(c.aoti_torch_get_storage_offset(pointer, out), 'aoti_torch_get_storage_offset');
  const offset = pointerIn(out);
  succeed(c.aoti_torch_get_dtype(pointer, out), 'aoti_torch_get_dtype');
  return { dtype: out[0]!, sizes, strides, offset };
}

/** Where the memory behind a handle begins and how many bytes it has: views of one storage state the same. */
export function storageOf(handle: Handle): { readonly start: number; readonly bytes: number } {
  const c = library().functions;
  const { pointer } = handle;
  const ask = (
    name: 'aoti_torch_get_storage_size' | 'aoti_torch_get_data_ptr' | 'aoti_torch_get_storage_offset',
  ): number => {
    succeed(c[name](pointer, out), name);
    return pointerIn(out);
  };
  const offset = ask('aoti_torch_get_storage_offset') * sizes[elementType(handle) ?? 'float32'];
  return { start: ask('aoti_torch_get_data_ptr') - offset, bytes: ask('aoti_torch_get_storage_size') };
}
