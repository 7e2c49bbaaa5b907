import type { Tensor } from '@tensorflow/tfjs-core';
import { encode } from 'fast-png';
import { assertCount, assertKnownOptions, shown } from './checks.js';

export interface GridOptions {
  /** How many samples stand in a row; as many as make the grid about square unless said. */
  readonly columns?: number;
  /** Pixels between samples, white, not scaled; 2 unless said. */
  readonly padding?: number;
  /** Pixels of the picture per pixel of a sample, along each side; 1 unless said. */
  readonly scale?: number;
  /** What is black and what is white; [-1, 1] unless said. Values beyond are clipped. */
  readonly range?: readonly [number, number];
}

/**
 * Pictures side by side in one PNG (8 bits a channel), rows filled from left to right, the first at the top. What is
 * left of the last row is white. A value that is no number is black.
 *
 * @param samples `[count, height, width, channels]` with 1 (grey), 3 (RGB) or 4 (RGBA) channels; stays the caller's.
 * @returns The bytes of the PNG.
 * @throws TypeError if the samples are no pictures, naming their shape, or an option is out of its range or unknown.
 */
export async function grid(samples: Tensor, options: GridOptions = {}): Promise<Uint8Array> {
  const [count, height, width, channels] = samples.shape;
  if (samples.rank !== 4 || samples.size === 0 || ![1, 3, 4].includes(channels!))
    throw new TypeError(
      `a grid takes pictures [count, height, width, 1, 3 or 4], but the samples' shape is ${shown(samples.shape)}`,
    );
  assertKnownOptions('grid', options, ['columns', 'padding', 'scale', 'range']);
  const { columns = Math.ceil(Math.sqrt(count!)), padding = 2, scale = 1, range = [-1, 1] } = options;
  assertCount('columns', columns);
  assertCount('padding', padding, 0);
  assertCount('scale', scale);
  if (!(Number.isFinite(range[0]) && Number.isFinite(range[1]) && range[0] < range[1]))
    throw new TypeError(`range must be two finite numbers, the lower one first, but is ${shown(range)}`);

  const cell = { height: height! * scale, width: width! * scale };
  const across = Math.min(columns, count!);
  const picture = {
    width: across * (cell.width + padding) - padding,
    height: Math.ceil(count! / across) * (cell.height + padding) - padding,
    channels: channels!,
  };
  const data = new Uint8Array(picture.width * picture.height * channels!).fill(255);
  const bytes = bytesOf(await samples.data(), range);
  for (let sample = 0; sample < count!; sample++) {
    const left = (sample % across) * (cell.width + padding);
    const top = Math.floor(sample / across) * (cell.height + padding);
    for (let y = 0; y < cell.height; y++)
      for (let x = 0; x < cell.width; x++) {
        const to = ((top + y) * picture.width + left + x) * channels!;
        const from = ((sample * height! + Math.floor(y / scale)) * width! + Math.floor(x / scale)) * channels!;
        for (let channel = 0; channel < channels!; channel++) data[to + channel] = bytes[from + channel]!;
      }
  }
  return encode({ ...picture, data, depth: 8 });
}

/** Clipped and rounded. */
const bytesOf = (values: ArrayLike<number>, [black, white]: readonly [number, number]) =>
  Uint8ClampedArray.from(values, (value) => ((value - black) / (white - black)) * 255);
