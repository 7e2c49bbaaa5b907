/** The dtypes that are read, but not written: TensorFlow.js has no such numbers. */
export const readOnly = [
  { name: 'float64', code: 'I64', size: 8 },
  { name: 'float32', code: 'F16', size: 2 },
  { name: 'float32', code: 'BF16', size: 2 },
] as const;

/** Numbers of a dtype that is only read, from their bytes. */
export function widened(code: (typeof readOnly)[number]['code'], bytes: Uint8Array): Float32Array | Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (code === 'I64')
    return Float64Array.from({ length: bytes.length / 8 }, (_, i) => Number(view.getBigInt64(8 * i, true)));
  const read = code === 'F16' ? half : brain;
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => read(view.getUint16(2 * i, true)));
}

/** A number of IEEE 754's binary16: a sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const word = new Uint32Array(1);
const number = new Float32Array(word.buffer);

/** The upper half of a float32. */
function brain(bits: number): number {
  word[0] = bits << 16;
  return number[0]!;
}
