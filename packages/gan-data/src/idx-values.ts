/** The numbers of an IDX file. */
export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

interface IdxType {
  /** What a number takes. */
  readonly bytes: number;
  readonly values: (view: DataView) => IdxValues;
}

/** IDX numbers are big-endian, whatever the machine. */
const numbers =
  <V extends IdxValues>(
    Values: { new (length: number): V; readonly BYTES_PER_ELEMENT: number },
    read: (view: DataView, at: number) => number,
  ) =>
  (view: DataView): V => {
    const values = new Values(view.byteLength / Values.BYTES_PER_ELEMENT);
    for (let i = 0; i < values.length; i++) values[i] = read(view, i * Values.BYTES_PER_ELEMENT);
    return values;
  };

/** By the third byte of a file. */
export const IDX_TYPES: ReadonlyMap<number, IdxType> = new Map<number, IdxType>([
  [0x08, { bytes: 1, values: (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength) }],
  [0x09, { bytes: 1, values: (view) => new Int8Array(view.buffer, view.byteOffset, view.byteLength) }],
  [0x0b, { bytes: 2, values: numbers(Int16Array, (view, at) => view.getInt16(at)) }],
  [0x0c, { bytes: 4, values: numbers(Int32Array, (view, at) => view.getInt32(at)) }],
  [0x0d, { bytes: 4, values: numbers(Float32Array, (view, at) => view.getFloat32(at)) }],
  [0x0e, { bytes: 8, values: numbers(Float64Array, (view, at) => view.getFloat64(at)) }],
]);
