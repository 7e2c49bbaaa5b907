import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';

type Initializer = ReturnType<typeof initializers.orthogonal>;

/**
 * Starts a kernel as a matrix whose columns (or rows, if they are fewer) have length 1 and stand at right angles, drawn
 * evenly among all such. A kernel `[height, width, in, out]` is the matrix `[height * width * in, out]`.
 *
 * It is the initialiser `Orthogonal` of tfjs-layers, computed in float64 on the host in a few seconds for a million
 * numbers, where that one takes minutes.
 *
 * @see Saxe, McClelland, Ganguli (2014), arXiv:1312.6120, section 3.
 */
export const orthogonalKernel = (): Initializer =>
  Object.assign(initializers.orthogonal({ gain: 1 }), {
    apply: (shape: readonly number[]): Tensor => {
      const columns = shape.at(-1)!;
      const rows = shape.slice(0, -1).reduce((all, size) => all * size, 1);
      const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
      const start = initializers.randomNormal({ mean: 0, stddev: 1 }).apply([count, length]);
      const vectors = orthonormal(Float64Array.from(start.dataSync()), length);
      start.dispose();
      const values = new Float32Array(count * length);
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          values[row * columns + column] = vectors[rows < columns ? row * length + column : column * length + row]!;
      return tensor(values, [...shape]);
    },
  });

/** Gram and Schmidt's, one vector of `length` after another: each of length 1, and taken out of those behind it. */
function orthonormal(vectors: Float64Array, length: number): Float64Array {
  for (let at = 0; at < vectors.length; at += length) {
    const one = vectors.subarray(at, at + length);
    const size = Math.sqrt(product(one, one));
    for (let i = 0; i < length; i++) one[i]! /= size;
    for (let behind = at + length; behind < vectors.length; behind += length) {
      const other = vectors.subarray(behind, behind + length);
      const along = product(one, other);
      for (let i = 0; i < length; i++) other[i]! -= along * one[i]!;
    }
  }
  return vectors;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
