import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { assertCount, shown } from './checks.js';

/** Where to begin and to end, and in how many points, both ends among them. */
export interface Path {
  /** `[pairs, size]`; stays the caller's. */
  readonly from: Tensor;
  /** Of the same shape. */
  readonly to: Tensor;
  /** At least 2. */
  readonly steps: number;
}

/**
 * Points on the straight line between each pair of rows: `(1 - t) from + t to` at t = 0, 1/(steps - 1), ..., 1.
 *
 * In many dimensions the middle of such a line is shorter than any latent that a generator was trained on: `slerp`
 * keeps to where normal latents are.
 *
 * @returns `[pairs * steps, size]`, all points of the first pair, then those of the second, ...; the caller's.
 * @throws TypeError if the shapes differ or are not `[pairs, size]`, or there are fewer than 2 steps.
 */
export const lerp = (path: Path): Promise<Tensor> => points(path, () => straight);

/**
 * Points on the arc between each pair of rows: at angle w between them,
 *
 *     (sin((1 - t) w) from + sin(t w) to) / sin(w)    at t = 0, 1/(steps - 1), ..., 1.
 *
 * Rows that point in the same direction, or in opposite ones (to a millionth of a radian), and rows of zeros are joined
 * by a straight line. As in White's paper the rows keep their lengths: only the angle is that of unit vectors.
 *
 * @returns `[pairs * steps, size]`, all points of the first pair, then those of the second, ...; the caller's.
 * @throws TypeError if the shapes differ or are not `[pairs, size]`, or there are fewer than 2 steps.
 * @see Shoemake (1985), "Animating rotation with quaternion curves"; White (2016), arXiv:1609.04468, section 2.1.
 */
export const slerp = (path: Path): Promise<Tensor> =>
  points(path, (from, to) => {
    const cosine = dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to));
    const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
    const sine = Math.sin(angle);
    return sine > 1e-6 ? (t) => [Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine] : straight;
  });

type Row = ArrayLike<number>;
/** The shares of the begin and of the end at t. */
type Shares = (t: number) => readonly [number, number];

const straight: Shares = (t) => [1 - t, t];

function dot(left: Row, right: Row): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i]! * right[i]!;
  return sum;
}

/** In float64 on the host: latents are small, and no engine needs a kernel for it. */
async function points({ from, to, steps }: Path, sharesOf: (from: Row, to: Row) => Shares): Promise<Tensor> {
  if (from.rank !== 2 || from.shape.join() !== to.shape.join())
    throw new TypeError(
      `from and to must both be [pairs, size], but their shapes are ${shown(from.shape)} and ${shown(to.shape)}`,
    );
  assertCount('steps', steps, 2);
  const [pairs, size] = from.shape as [number, number];
  const [begins, ends] = (await Promise.all([from.data(), to.data()])) as [Float32Array, Float32Array];
  const values = new Float32Array(pairs * steps * size);
  for (let pair = 0; pair < pairs; pair++) {
    const begin = begins.subarray(pair * size, (pair + 1) * size);
    const end = ends.subarray(pair * size, (pair + 1) * size);
    const shares = sharesOf(begin, end);
    for (let step = 0; step < steps; step++) {
      const [left, right] = shares(step / (steps - 1));
      const at = (pair * steps + step) * size;
      for (let i = 0; i < size; i++) values[at + i] = left * begin[i]! + right * end[i]!;
    }
  }
  return tensor2d(values, [pairs * steps, size], 'float32');
}
