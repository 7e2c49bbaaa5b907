import type { NativeType } from '../native/dtype.js';
import type { Handle } from '../native/handle.js';
import { elementType, shapeOf } from '../native/inspect.js';
import { type ArrayOf, download, upload } from '../native/memory.js';
import { TorchError } from '../native/torch-error.js';

/**
 * A tensor as plain numbers of JavaScript, row-major, in a type that the array says: Float64Array and Float32Array,
 * Int32Array, BigInt64Array, and Uint8Array for bool. For what TensorFlow.js has no type for, float64 above all: nothing
 * to dispose of.
 */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: ArrayOf[NativeType];
  /** The values are real and imaginary parts by turns, two for each element. */
  readonly complex?: true;
}

const types: readonly (readonly [new (length: number) => ArrayOf[NativeType], NativeType])[] = [
  [Float64Array, 'float64'],
  [Float32Array, 'float32'],
  [Int32Array, 'int32'],
  [BigInt64Array, 'int64'],
  [Uint8Array, 'bool'],
];
const complexTypes: Readonly<Partial<Record<NativeType, NativeType>>> = { float32: 'complex64', float64: 'complex128' };

function typeOf({ values, complex }: Numbers): NativeType | undefined {
  const type = types.find(([array]) => values instanceof array)?.[1];
  return complex && type ? complexTypes[type] : type;
}

/** Whether a value is meant as numbers: it has a shape, and values of its own. */
export const isNumbers = (value: unknown): value is Numbers =>
  typeof value === 'object' && value !== null && 'values' in value && 'shape' in value;

/** Whether such a value can be taken: a known array, as long as its shape says, of 0 and 1 alone if it stands for bool. */
export function areTakable(numbers: Numbers): boolean {
  const { shape, values, complex } = numbers;
  const type = typeOf(numbers);
  if (type === undefined || !Array.isArray(shape)) return false;
  const sizes = Array.from(shape);
  return (
    sizes.every((size) => Number.isSafeInteger(size) && size >= 0) &&
    sizes.reduce((all: number, size: number) => all * size, complex ? 2 : 1) === values.length &&
    (type !== 'bool' || (values as Uint8Array).every((value) => value <= 1))
  );
}

/** Copies numbers into libtorch. */
export const toHandle = (numbers: Numbers): Handle => upload(numbers.values as never, numbers.shape, typeOf(numbers)!);

/** Copies a result out. @throws TorchError if it is of a type that has no array here. */
export function fromHandle(handle: Handle, operator: string): Numbers {
  const type = elementType(handle);
  if (type === undefined) throw new TorchError(`${operator} gave a type that has no array here`, { operator });
  const complex = type === 'complex64' || type === 'complex128';
  return { shape: shapeOf(handle), values: download(handle, type), ...(complex && { complex }) };
}
