import type { Dataset, Evidence, FeatureExtractor, Tensors } from '@gan/core';
import { reshape, setBackend, tensor } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { Classifier } from './classifier.js';

await setBackend('cpu');

/** Samples given row by row, with class ids where there are any. */
export interface Rows {
  readonly sample: readonly (readonly number[])[];
  readonly classes?: readonly number[];
}

const tensorsOf = ({ sample, classes }: Rows, from: number, to: number): Tensors => ({
  sample: tensor(sample.slice(from, to) as number[][], [to - from, sample[0]!.length], 'float32'),
  ...(classes ? { classes: tensor(classes.slice(from, to), [to - from], 'int32') } : {}),
});

/** The rows as a finite data set in their own order, again and again. */
export const dataset = (rows: Rows): Dataset => ({
  ports: { sample: [rows.sample[0]!.length], ...(rows.classes ? { classes: 10 } : {}) },
  size: rows.sample.length,
  batch: async ({ index, size }) => {
    const around = <T>(values: readonly T[]): T[] =>
      Array.from({ length: size }, (_, i) => values[(index * size + i) % values.length]!);
    const { sample, classes } = rows;
    return tensorsOf({ sample: around(sample), ...(classes ? { classes: around(classes) } : {}) }, 0, size);
  },
});

/** The rows as evidence, in batches of three. */
export const evidence = (real: Rows, fake: Rows): Evidence => {
  const from = (rows: Rows) =>
    async function* (count: number): AsyncGenerator<Tensors> {
      for (let start = 0; start < Math.min(count, rows.sample.length); start += 3)
        yield tensorsOf(rows, start, Math.min(start + 3, count, rows.sample.length));
    };
  return { real: from(real), fake: from(fake) };
};

/** Features that are the samples themselves. */
export const plain = (width: number): FeatureExtractor => ({
  name: 'plain',
  hash: '00',
  shape: [width],
  features: width,
  extract: (samples) => reshape(samples, [-1, width]),
  dispose: () => undefined,
});

/** A classifier whose logits are the samples themselves. */
export const largest = (width: number): Classifier => ({
  ...plain(width),
  classes: width,
  classify: (samples) => reshape(samples, [-1, width]),
});
