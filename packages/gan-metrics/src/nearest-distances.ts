import { assertCount } from '@gan/core';
import { matMul, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { assertFiniteRows } from './finite-rows.js';

/** Two sets of samples, one row of `width` finite numbers for each sample. */
export interface Sets {
  readonly samples: Float32Array;
  readonly among: Float32Array;
  readonly width: number;
}

/** Rows times rows: 512 x 2048 products are 4 MB. */
const sampleChunk = 512;
const amongChunk = 2048;

const dotOf = (rows: Float32Array, at: number, width: number): number => {
  let sum = 0;
  for (let k = at * width; k < (at + 1) * width; k++) sum += rows[k]! * rows[k]!;
  return sum;
};

/** The rows less `means`: small numbers lose less in a product of float32. */
const centred = (rows: Float32Array, means: Float64Array): Float32Array =>
  rows.map((value, k) => value - means[k % means.length]!);

function meansOf(rows: Float32Array, width: number): Float64Array {
  const means = new Float64Array(width);
  for (let k = 0; k < rows.length; k++) means[k % width]! += rows[k]!;
  return means.map((sum) => sum / (rows.length / width));
}

/** Rows as columns: WebAssembly multiplies by a matrix quickly, but by a transposed one eight times slower or more. */
function transposed(rows: Float32Array, width: number): Float32Array {
  const count = rows.length / width;
  const columns = new Float32Array(rows.length);
  for (let i = 0; i < count; i++) for (let k = 0; k < width; k++) columns[k * count + i] = rows[i * width + k]!;
  return columns;
}

/** The products of rows and columns on the engine, row by row. */
async function products(rows: Float32Array, columns: Float32Array, width: number): Promise<ArrayLike<number>> {
  const result = tidy(() =>
    matMul(tensor2d(rows, [rows.length / width, width]), tensor2d(columns, [width, columns.length / width])),
  );
  try {
    return await result.data();
  } finally {
    result.dispose();
  }
}

/** Which of `among` is nearest to each of `samples`, up to ties of float32. */
async function nearest({ samples, among, width }: Sets): Promise<Uint32Array> {
  const squares = Float64Array.from({ length: among.length / width }, (_, j) => dotOf(among, j, width));
  const winners = new Uint32Array(samples.length / width);
  const least = new Float64Array(winners.length).fill(Number.POSITIVE_INFINITY);
  for (let j = 0; j < squares.length; j += amongChunk) {
    const others = transposed(among.subarray(j * width, (j + amongChunk) * width), width);
    const count = others.length / width;
    for (let i = 0; i < winners.length; i += sampleChunk) {
      const dots = await products(samples.subarray(i * width, (i + sampleChunk) * width), others, width);
      for (let at = 0; at < dots.length; at++) {
        const row = i + Math.floor(at / count);
        const column = j + (at % count);
        const score = squares[column]! - 2 * dots[at]!;
        if (score < least[row]!) {
          least[row] = score;
          winners[row] = column;
        }
      }
    }
  }
  return winners;
}

function distance({ samples, among, width }: Sets, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < width; k++) sum += (samples[i * width + k]! - among[j * width + k]!) ** 2;
  return Math.sqrt(sum);
}

/**
 * The Euclidean distance of each sample to the nearest one of a set. The nearest is found by products of matrices on
 * the engine, in chunks; its distance is then computed in float64, so that a copy is at exactly 0.
 *
 * @throws TypeError if `among` is empty, or if the numbers are not finite or no whole rows of `width`.
 */
export async function nearestDistances(sets: Sets): Promise<Float64Array> {
  const { samples, among, width } = sets;
  assertCount('width', width);
  assertFiniteRows('samples', samples, width);
  assertFiniteRows('among', among, width);
  if (among.length === 0) throw new TypeError('among must have at least one row, but is empty');
  const means = meansOf(among, width);
  const winners = await nearest({ samples: centred(samples, means), among: centred(among, means), width });
  return Float64Array.from(winners, (j, i) => distance(sets, i, j));
}
