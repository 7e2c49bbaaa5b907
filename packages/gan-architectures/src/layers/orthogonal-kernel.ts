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

/** Four vectors, which are taken out of another in one pass over it. */
type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** Gram and Schmidt's: vectors of `length` become of length 1, each taken out of all behind it. */
function orthonormal(numbers: Float64Array, length: number): Float64Array {
  const vectors = Array.from({ length: numbers.length / length }, (_, k) =>
    numbers.subarray(k * length, (k + 1) * length),
  );
  for (let at = 0; at < vectors.length; at += 4) {
    const done: Float64Array[] = [];
    for (const one of vectors.slice(at, at + 4)) {
      for (const before of done) add(one, before, -product(before, one));
      const size = Math.sqrt(product(one, one));
      for (let i = 0; i < length; i++) one[i]! /= size;
      done.push(one);
    }
    for (const other of vectors.slice(at + 4)) takeOut(done as unknown as Four, other);
  }
  return numbers;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += times * what[i]!;
}

function takeOut([a, b, c, d]: Four, other: Float64Array): void {
  let [alongA, alongB, alongC, alongD] = [0, 0, 0, 0];
  for (let i = 0; i < other.length; i++) {
    const x = other[i]!;
    alongA += a[i]! * x;
    alongB += b[i]! * x;
    alongC += c[i]! * x;
    alongD += d[i]! * x;
  }
  for (let i = 0; i < other.length; i++) other[i]! -= alongA * a[i]! + alongB * b[i]! + alongC * c[i]! + alongD * d[i]!;
}
