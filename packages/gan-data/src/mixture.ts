import { assertCount, type Dataset } from '@gan/core';
import { add, mul, tensor, tidy } from '@tensorflow/tfjs-core';

/** Equally likely normal distributions in the plane, each a class. */
export interface Mixture<out Modes extends number = number>
  extends Dataset<{ readonly sample: readonly [2]; readonly classes: Modes }> {
  /** The mean of each mode, in the order of the class ids. */
  readonly centres: readonly (readonly [number, number])[];
  /** The standard deviation of each mode in each direction. */
  readonly deviation: number;
}

/** Points drawn afresh for each batch, from the batch's stream: a mode for each, then `centre + deviation * normal`. */
export const mixture = <Modes extends number>({
  modes,
  centres,
  deviation,
}: {
  readonly modes: Modes;
  readonly centres: readonly (readonly [number, number])[];
  readonly deviation: number;
}): Mixture<Modes> => ({
  ports: { sample: [2], classes: modes },
  size: Number.POSITIVE_INFINITY,
  centres,
  deviation,
  batch: async ({ size, random }) => {
    assertCount('size', size);
    const ids = Int32Array.from({ length: size }, () => random.integer(modes));
    const means = Float32Array.from({ length: 2 * size }, (_, i) => centres[ids[i >> 1]!]![i & 1]!);
    return tidy(() => ({
      sample: add(tensor(means, [size, 2]), mul(random.normal([size, 2]), deviation)),
      classes: tensor(ids, [size], 'int32'),
    }));
  },
});
