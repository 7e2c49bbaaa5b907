import { shown } from './checks.js';
import { FormatError } from './format-error.js';
import { checkedHeader, dtypes, type Entry, isShape, volume } from './safetensors-header.js';
import { readOnly, widened } from './widened.js';

/** A tensor outside of any engine, row-major. A `bool` is a byte that is 0 or 1. */
export type SafeTensor = { readonly shape: readonly number[] } & (
  | { readonly dtype: 'float32'; readonly values: Float32Array }
  | { readonly dtype: 'int32'; readonly values: Int32Array }
  | { readonly dtype: 'bool' | 'uint8'; readonly values: Uint8Array }
  | { readonly dtype: 'float64'; readonly values: Float64Array }
);

/** The same before it is checked that the values go with the dtype. */
type Storable = { readonly [K in 'dtype' | 'shape' | 'values']: SafeTensor[K] };

/** What a safetensors file holds: tensors by name, and free text by name. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, SafeTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The reference implementation's cap: no file makes a reader parse more JSON than this. */
const longestHeader = 100_000_000;

const classes = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  uint8: Uint8Array,
  float64: Float64Array,
} as const;

/**
 * The bytes of a safetensors file: the length of the header (8 bytes), the header (JSON, padded with spaces to a whole
 * multiple of 8), the tensors without gaps; all little-endian. The order is the reference implementation's (the widest
 * elements first, then by name), so that the same tensors give the same bytes as there.
 *
 * @throws TypeError if the values of a tensor are not of its dtype or size, or a name is reserved.
 * @see https://huggingface.co/docs/safetensors
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Storable>>,
  metadata: Safetensors['metadata'] = {},
): Uint8Array {
  const order = Object.entries(tensors)
    .map(([name, tensor]) => ({ name, tensor, rank: dtypes.findIndex((dtype) => dtype.name === tensor.dtype) }))
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  let end = 0;
  const entries = order.map(({ name, tensor, rank }): [string, Entry] => {
    assertStorable(name, tensor);
    const begin = end;
    end += tensor.values.byteLength;
    return [name, { dtype: dtypes[rank]!.code, shape: tensor.shape, data_offsets: [begin, end] }];
  });
  const about = Object.keys(metadata).length > 0 ? [['__metadata__', metadata] as const] : [];
  const fields = [...about, ...entries].map((field) => field.map((part) => JSON.stringify(part)).join(':'));
  const header = new TextEncoder().encode(`{${fields.join(',')}}`);
  const start = 8 + Math.ceil(header.length / 8) * 8;
  if (start - 8 > longestHeader)
    throw new TypeError(`the header of these tensors is longer than ${longestHeader} bytes`);
  const bytes = new Uint8Array(start + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.fill(0x20, 8, start).set(header, 8);
  order.forEach(({ tensor: { values } }, i) => {
    bytes.set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      start + entries[i]![1].data_offsets[0],
    );
  });
  return bytes;
}

function assertStorable(name: string, { dtype, shape, values }: Storable): void {
  if (name === '__metadata__') throw new TypeError("a tensor can't be named '__metadata__': the format reserves it");
  if (!Object.hasOwn(classes, dtype))
    throw new TypeError(
      `tensor '${name}' must be ${Object.keys(classes).join(', ')}, but its dtype is ${shown(dtype)}`,
    );
  if (!isShape(shape)) throw new TypeError(`tensor '${name}' must have a shape, but it is ${shown(shape)}`);
  if (!(values instanceof classes[dtype]) || values.length !== volume(shape))
    throw new TypeError(
      `tensor '${name}' must have a ${classes[dtype].name} of ${volume(shape)} values for its shape ${shown(shape)}, ` +
        `but has ${shown(values)} of ${values?.length}`,
    );
}

/**
 * The tensors in the bytes of a safetensors file; copies, so that the bytes may go. Strict: a header that is too long or
 * says anything twice, a tensor whose size is not that of its shape, a hole, an overlap, a byte too many or too few are
 * all refused. Numbers of 16 bits come as float32, whole ones of 64 bits as float64, exact as far as 2^53.
 *
 * @param where What an error names as the place: the path of the file.
 * @throws FormatError
 */
export function decodeSafetensors(bytes: Uint8Array, where: string): Safetensors {
  const refuse = (problem: string): never => {
    throw new FormatError(where, problem);
  };
  if (bytes.length < 8) return refuse(`a safetensors file has at least 8 bytes, but this one has ${bytes.length}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const room = Math.min(bytes.length - 8, longestHeader);
  if (length > room) return refuse(`the header is said to have ${length} bytes, but there is room for ${room}`);
  const start = 8 + Number(length);
  const { entries, metadata } = checkedHeader(bytes.subarray(8, start), bytes.length - start, refuse);
  const tensors = entries.map(([name, { dtype, shape, data_offsets }]) => {
    // A copy; `slice` of a Node Buffer would be none.
    const part = new Uint8Array(bytes.subarray(start + data_offsets[0], start + data_offsets[1]));
    const other = readOnly.find(({ code }) => code === dtype);
    if (other) return [name, { dtype: other.name, shape, values: widened(other.code, part) } as SafeTensor] as const;
    const kind = dtypes.find(({ code }) => code === dtype)!.name;
    if (kind === 'bool' && part.some((byte) => byte > 1)) refuse(`tensor '${name}' is BOOL, but holds a byte above 1`);
    return [name, { dtype: kind, shape, values: new classes[kind](part.buffer) } as SafeTensor] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata };
}
