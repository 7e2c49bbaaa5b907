import { assertKnownOptions, assertPositive, type Dataset, shown, type Tensors } from '@gan/core';
import { assertSamplePorts, type Column, countSamples, isPicture, type SamplePorts } from './columns.js';
import { epochs } from './epochs.js';
import { coins, gather } from './gather.js';

/** A data set whose samples are at hand. */
export interface InMemoryDataset<out P extends SamplePorts> extends Dataset<P> {
  /** What it was made of, by port; to be read only. */
  readonly arrays: { readonly [K in keyof P]: Column };
}

export interface InMemoryOptions<P extends SamplePorts> {
  /** What a sample consists of: shapes without the batch, and class counts. */
  readonly ports: P;
  /** The values of each port, sample after sample. They are not copied, so they must not change any more. */
  readonly arrays: { readonly [K in keyof P]: Column };
  /** Of the order; 0 unless said. */
  readonly seed?: number;
  /** Mirrors the pictures (all ports `[height, width, channels]` of a sample alike) left to right, half of the time. */
  readonly flip?: boolean;
  /** The largest magnitude allowed in pictures given as floats; 1 unless said, `Infinity` for any finite number. */
  readonly limit?: number;
}

/**
 * A data set over arrays on the host, whatever it is that they hold: points, pictures, waveforms, classes. Epoch after
 * epoch it goes through a new permutation of its samples; a batch may begin in one epoch and end in the next. Bytes
 * (`Uint8Array`) under a shape stand for `value / 127.5 - 1`.
 *
 * `batch({ index, size })` gives the samples at positions `index * size` onwards, a function of the numbers and the
 * seed alone (and with `flip` of the batch's stream): batches of one size make up a pass.
 *
 * @throws TypeError if arrays and ports do not fit each other: a length, a class id out of range, a picture beyond
 *   `limit`; and from `batch`, if the batch is larger than the data set.
 */
export function inMemory<const P extends SamplePorts>(options: InMemoryOptions<P>): InMemoryDataset<P> {
  assertKnownOptions('inMemory', options, ['ports', 'arrays', 'seed', 'flip', 'limit']);
  const { ports, arrays, seed = 0, flip = false, limit = 1 } = options;
  assertSamplePorts(ports);
  if (limit !== Number.POSITIVE_INFINITY) assertPositive('limit', limit);
  if (flip && !Object.values(ports).some(isPicture))
    throw new TypeError(`flip mirrors pictures [height, width, channels], but the ports are ${shownPorts(ports)}`);
  const samples = countSamples(ports, arrays, limit);
  const order = epochs({ samples, seed });

  return {
    ports,
    arrays,
    size: samples,
    batch: async ({ index, size, random }) => {
      const rows = order({ index, size });
      const mirrored = flip ? coins(random, size) : undefined;
      const tensors = Object.entries(ports).map(([name, port]) => [
        name,
        gather(arrays[name]!, port, { rows, mirrored: isPicture(port) ? mirrored : undefined }),
      ]);
      return Object.fromEntries(tensors) as Tensors<keyof P & string>;
    },
  };
}

const shownPorts = (ports: SamplePorts): string =>
  Object.entries(ports)
    .map(([name, port]) => `${name} ${shown(port)}`)
    .join(', ');
