import type { Dataset, Ports } from '@gan/core';

/**
 * The same data until the user stops the run; from then on every batch throws why. Whatever goes through data in
 * batches, such as an evaluation, thus ends within one.
 */
export const interruptible = <P extends Ports>(data: Dataset<P>, signal: AbortSignal): Dataset<P> => ({
  ...data,
  batch: async (which) => {
    signal.throwIfAborted();
    return data.batch(which);
  },
});
