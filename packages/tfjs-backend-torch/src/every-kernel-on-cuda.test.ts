import { setBackend, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { allCases } from './cases/all.fixture.js';
import { type Case, drawing } from './differential.fixture.js';
import { describeOnFakeCuda, happened } from './fake-cuda.fixture.js';
import { fallback } from './kernels/fallback.js';
import { liveHandles } from './native/handle.js';

/** How many times each case is drawn. */
const TIMES = process.env['GAN_NIGHTLY'] ? 100 : 8;

/** What tfjs's cpu backend does with strings alone, of which there are none on a device. */
const ofStrings = ['StaticRegexReplace', 'StringSplit', 'StringToHashBucketFast'];

/** Those that have to know numbers to go on, and wait for them: shapes, segments, categories, and what tfjs's cpu backend does. */
const waiting = [
  ...['BroadcastArgs', 'Multinomial', 'SparseReshape', 'SparseSegmentMean', 'SparseSegmentSum'],
  ...fallback.map(({ kernelName }) => kernelName).filter((name) => !ofStrings.includes(name)),
];

/** How many different slices there are is a number that nobody has calculated here: libtorch allocates at random. */
const impossible = ['Unique'];

const drawn = (backend: string, body: Case, seed: number): Tensor[] => {
  setBackend(backend);
  return [body(drawing(seed, backend === 'cpu'))].flat();
};
const described = (tensors: readonly Tensor[]) => tensors.map(({ shape, dtype }) => ({ shape, dtype }));

/** Reads each result: one copy from the device, which is waited for once. */
const expectReadable = (results: readonly Tensor[]): void => {
  happened();
  for (const result of results) {
    result.dataSync();
    const { back, waits } = happened();
    const numbers = result.size > 0 && result.dtype !== 'string' ? 1 : 0;
    expect({ back, waits }).toEqual({ back: numbers, waits: numbers });
  }
};

const onCuda = [
  ['cuda', 'float32'],
  ['cuda', 'float64'],
] as const;

describeOnFakeCuda('every kernel on CUDA', onCuda, () => {
  for (const [kernel, body] of Object.entries(allCases))
    it.skipIf(impossible.includes(kernel))(
      `${kernel} has operators there, waits for nothing and leaves its results there`,
      () => {
        let waits = 0;
        for (let seed = 1; seed <= TIMES; seed++) {
          const expected = tidy(() => described(drawn('cpu', body, seed)));
          for (const backend of ['torch-cuda', 'torch-cuda-float64']) {
            const live = liveHandles();
            tidy(() => {
              happened();
              const results = drawn(backend, body, seed);
              const done = happened();
              expect(described(results), `seed ${seed} on ${backend}`).toEqual(expected);
              expect(done.fromPageable).toBe(0);
              waits += done.waits;
              expectReadable(results);
            });
            expect(liveHandles()).toBe(live);
          }
        }
        expect(waits > 0).toBe(waiting.includes(kernel));
      },
    );
});
