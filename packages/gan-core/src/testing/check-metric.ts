import { concat } from '@tensorflow/tfjs-core';
import type { Dataset } from '../dataset.js';
import type { Evidence, Metric } from '../metric.js';
import type { Tensors } from '../network.js';
import { random } from '../streams.js';
import { demand, leavingNothing } from './conformance.js';

/**
 * Demands of a metric that it keeps the contract of `Metric`: it asks for no more samples than its protocol says, gives
 * a finite number that repeats itself and does not depend on the batch size beyond rounding, and frees every batch.
 *
 * @param metric Whose promises are tried.
 * @param options What it is tried on.
 * @param options.real What plays the data; `fake` what plays the generated samples.
 * @throws ConformanceError with a sentence on the first thing that fails.
 */
export async function checkMetric(
  metric: Metric,
  { real, fake, tolerance = 1e-4 }: { readonly real: Dataset; readonly fake: Dataset; readonly tolerance?: number },
): Promise<void> {
  const { name, protocol } = metric;
  const measured = (batchSize: number) => {
    const drawn = { real: 0, fake: 0 };
    const from = (side: 'real' | 'fake', data: Dataset) =>
      async function* (count: number): AsyncGenerator<Tensors> {
        for (let start = 0; start < count; start += batchSize) {
          const size = Math.min(batchSize, count - start);
          drawn[side] += size;
          yield await rows(data, start, size);
        }
      };
    const evidence: Evidence = { real: from('real', real), fake: from('fake', fake) };
    return leavingNothing(name, 'measuring', async () => ({ value: await metric.measure(evidence), drawn }));
  };
  const { value, drawn } = await measured(16);
  demand(name, Number.isFinite(value), `measures ${value}`);
  for (const side of ['real', 'fake'] as const)
    demand(
      name,
      drawn[side] <= protocol.samples,
      `draws ${drawn[side]} ${side} samples, but its protocol says ${protocol.samples}`,
    );
  const again = (await measured(16)).value;
  demand(name, again === value, `measures ${value} and then ${again} of the same`);
  const other = (await measured(7)).value;
  demand(
    name,
    Math.abs(other - value) <= tolerance * Math.max(1, Math.abs(value)),
    `measures ${value} in batches of 16, but ${other} in batches of 7`,
  );
}

/** Samples `start` to `start + size`, each a batch of its own, so that they do not depend on how they are cut. */
async function rows(data: Dataset, start: number, size: number): Promise<Tensors> {
  const single = await Promise.all(
    Array.from({ length: size }, (_, i) =>
      data.batch({ index: start + i, size: 1, random: random(1).stream('row', start + i) }),
    ),
  );
  const joined = Object.fromEntries(
    Object.keys(data.ports).map((key) => [
      key,
      concat(
        single.map((row) => row[key]!),
        0,
      ),
    ]),
  );
  for (const row of single) for (const tensor of Object.values(row)) tensor.dispose();
  return joined;
}
