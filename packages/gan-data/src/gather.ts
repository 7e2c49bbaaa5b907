import type { Random, Shape } from '@gan/core';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type Column, stride } from './columns.js';

/** Bytes 0 .. 255 as the float32 numbers of [-1, 1] that stand for them. */
const UNIT = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);

/**
 * Samples of a column as a tensor.
 *
 * @param rows The numbers of the samples, in order.
 * @param mirrored For each row whether it is mirrored left to right; the port is a picture then.
 * @returns `[rows, ...shape]` float32, or `[rows]` int32 for a class count; the caller owns it.
 */
export function gather(
  column: Column,
  port: Shape | number,
  { rows, mirrored }: { readonly rows: Uint32Array; readonly mirrored?: readonly boolean[] | undefined },
): Tensor {
  if (typeof port === 'number')
    return tensor(
      Int32Array.from(rows, (row) => column[row]!),
      [rows.length],
      'int32',
    );

  const length = stride(port);
  const values = new Float32Array(rows.length * length);
  const mirror = mirrored && mirrorOf(port);
  const bytes = column instanceof Uint8Array;
  for (let r = 0; r < rows.length; r++) {
    const to = r * length;
    const from = rows[r]! * length;
    const source = mirrored?.[r] ? mirror : undefined;
    for (let i = 0; i < length; i++) {
      const value = column[from + (source ? source[i]! : i)]!;
      values[to + i] = bytes ? UNIT[value]! : value;
    }
  }
  return tensor(values, [rows.length, ...port], 'float32');
}

/** For each number of a mirrored picture `[height, width, channels]` where it stood in the original. */
function mirrorOf(shape: Shape): Uint32Array {
  const width = shape[1]!;
  const channels = shape[2]!;
  return Uint32Array.from({ length: stride(shape) }, (_, i) => {
    const x = Math.floor(i / channels) % width;
    return i + (width - 1 - 2 * x) * channels;
  });
}

/** A fair coin for each sample of a batch, from the batch's own stream. */
export function coins(random: Random, size: number): readonly boolean[] {
  const stream = random.stream('flip');
  return Array.from({ length: size }, () => stream.next() < 0.5);
}
