import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import type { NumericType } from '../backend.js';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { download, full, upload } from '../native/memory.js';
import { as, real } from './convert.js';

interface Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly dtype: NumericType;
}

const softmax = aten('softmax.int');

const progression = (start: number, step: number, count: number): Handle =>
  upload(
    Float64Array.from({ length: count }, (_, index) => start + index * step),
    [count],
    'float64',
  );

/** The same numbers in [0, 1) for the same seed: mulberry32, which is enough for drawing categories. */
const uniform = (seed: number): (() => number) => {
  let state = Math.trunc(seed) ^ Math.trunc((seed % 1) * 2 ** 32);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** The first category whose cumulative probability exceeds r; the last one if rounding leaves none. */
const drawn = (probabilities: Float32Array, r: number): number => {
  let sum = 0;
  const index = probabilities.findIndex((probability) => {
    sum += probability;
    return r < sum;
  });
  return index < 0 ? probabilities.length - 1 : index;
};

interface Drawing {
  readonly numSamples: number;
  readonly seed: number;
  readonly normalized: boolean;
}

/** Sequences of numbers, regular and random. They are made on the host. */
export const sequence: readonly KernelConfig[] = [
  kernel<object, Range>('Range', (_, { start, stop, step, dtype }) => {
    if (start === stop || (start < stop && step < 0) || (stop < start && step > 1)) return full([0], 0, dtype);
    const stride = stop < start && step === 1 ? -1 : step;
    return as(progression(start, stride, Math.abs(Math.ceil((stop - start) / stride))), dtype);
  }),
  kernel<object, { start: number; stop: number; num: number }>('LinSpace', (_, { start, stop, num }) =>
    as(progression(start, num > 1 ? (stop - start) / (num - 1) : 0, num), 'float32'),
  ),
  kernel<Operands<'logits'>, Drawing>('Multinomial', ({ logits }, { numSamples, seed, normalized }) => {
    const rows = download(normalized ? real(logits) : softmax(real(logits), -1, null), 'float32');
    const [batch, events] = logits.shape as [number, number];
    const samples = new Int32Array(util.sizeFromShape([batch, numSamples]));
    for (let row = 0; row < batch; row++) {
      const [random, probabilities] = [uniform(seed + row), rows.subarray(row * events, (row + 1) * events)];
      for (let index = 0; index < numSamples; index++)
        samples[row * numSamples + index] = drawn(probabilities, random());
    }
    return upload(samples, [batch, numSamples], 'int32');
  }),
];
