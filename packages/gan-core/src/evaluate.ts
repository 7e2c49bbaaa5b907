import { slice, type Tensor } from '@tensorflow/tfjs-core';
import { assertCount } from './checks.js';
import type { DataClash, Ports, Unless } from './contract.js';
import type { Dataset } from './dataset.js';
import type { Evidence, Metric } from './metric.js';
import type { Tensors } from './network.js';
import type { Random } from './random.js';
import { mapped } from './records.js';
import { sample } from './sample.js';
import { random } from './streams.js';
import { disposeAll } from './tensors.js';
import type { TrainedNetwork } from './trained-network.js';

/**
 * Measures a trained generator against data, each metric by its own protocol. Conditions are those of the data's
 * batches, so that classes come in the data's proportions. Changes nothing: the same seed gives the same numbers.
 *
 * @returns Each metric's number by its name.
 */
export async function evaluate<I extends Ports, O extends Ports, D extends string, P extends Ports>(
  trained: TrainedNetwork<I, O, D>,
  options: {
    readonly data: Dataset<P> & Unless<DataClash<P, Omit<I, D>>>;
    readonly metrics: readonly Metric[];
    readonly seed: number;
    /** Samples in a batch; 100 unless said. */
    readonly batchSize?: number;
  },
): Promise<Readonly<Record<string, number>>> {
  const { metrics, seed, batchSize = 100 } = options;
  assertCount('seed', seed, 0);
  assertCount('batchSize', batchSize);
  const data: Dataset = options.data;
  const results: Record<string, number> = {};
  for (const metric of metrics) {
    const stream = random(seed).stream('evaluate');
    results[metric.name] = await metric.measure(
      evidence(trained as unknown as TrainedNetwork, data, stream, batchSize),
    );
  }
  return results;
}

function evidence(trained: TrainedNetwork, data: Dataset, stream: Random, batchSize: number): Evidence {
  const whole = Math.min(batchSize, data.size);
  /** Every batch is whole, so that positions in the data follow one another; of the last one the rest is cut off. */
  async function* real(count: number, purpose = 'real'): AsyncGenerator<Tensors> {
    for (let start = 0, index = 0; start < count; start += whole, index++) {
      const batch = await data.batch({ index, size: whole, random: stream.stream(purpose, index) });
      yield start + whole <= count ? batch : cut(batch, count - start);
    }
  }
  const conditions = Object.keys(trained.network.inputs).filter((name) => !(name in trained.drawn));
  async function* fake(count: number): AsyncGenerator<Tensors> {
    let index = 0;
    for await (const batch of real(count, 'conditions')) {
      const given: Record<string, Tensor> = {};
      const spare: Record<string, Tensor> = {};
      for (const [name, tensor] of Object.entries(batch)) (conditions.includes(name) ? given : spare)[name] = tensor;
      const size = Object.values(batch)[0]!.shape[0]!;
      disposeAll(spare);
      try {
        const made = await sample(trained, {
          ...given,
          count: size,
          batchSize: size,
          seed: stream.stream('fake', index).integer(2 ** 32),
        });
        yield { ...given, sample: made };
      } catch (error) {
        disposeAll(given);
        throw error;
      }
      index++;
    }
  }
  return { real, fake };
}

/** The first rows of a batch, which is freed. */
function cut(batch: Tensors, size: number): Tensors {
  const rows = mapped(batch, (tensor) => slice(tensor, 0, size));
  disposeAll(batch);
  return rows;
}
