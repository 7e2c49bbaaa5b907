import type { Dataset } from '@gan/core';
import type { Mixture } from '@gan/data';
import { clone } from '@tensorflow/tfjs-core';

/** A mixture whose samples are also there as `labelled`, which semi-supervised learning keeps apart from those without a class. */
export const labelled = (data: Mixture): Dataset => ({
  ports: { ...data.ports, labelled: data.ports.sample },
  size: data.size,
  batch: async (which) => {
    const batch = await data.batch(which);
    return { ...batch, labelled: clone(batch.sample) };
  },
});
