import type { Dataset } from '@gan/core';

/** Pictures of 8x8 random numbers, without end: small enough to train on in a test. */
export const pictures: Dataset<{ readonly sample: readonly [8, 8, 1] }> = {
  ports: { sample: [8, 8, 1] },
  size: Number.POSITIVE_INFINITY,
  batch: async ({ size, random }) => ({ sample: random.stream('pictures').uniform([size, 8, 8, 1]) }),
};
