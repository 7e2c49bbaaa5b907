/** What holds the numbers that TensorFlow.js calls float32. */
export type Precision = 'float32' | 'float64';

let precision: Precision = 'float32';

/** The precision in which a kernel computes; float32 outside of kernels. */
export const precisionInUse = (): Precision => precision;

/** Runs `body`, which must not wait, in a precision: `float32` then stands for it (`typeCode`). */
export function inPrecision<T>(of: Precision, body: () => T): T {
  const before = precision;
  precision = of;
  try {
    return body();
  } finally {
    precision = before;
  }
}
