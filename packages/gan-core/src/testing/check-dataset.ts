import type { Tensor } from '@tensorflow/tfjs-core';
import type { Dataset } from '../dataset.js';
import type { Tensors } from '../network.js';
import { random } from '../streams.js';
import { disposeAll } from '../tensors.js';
import { allFinite, demand, leavingNothing, sameValues, valuesOf } from './conformance.js';

/**
 * Demands of a data set that it keeps the contract of `Dataset`: batches have the ports it states, in float32 or int32,
 * finite, classes in range; a batch depends on its number and stream alone, whatever was drawn before; different
 * batches differ; one that is larger than the data is refused; nothing leaks.
 *
 * @throws ConformanceError with a sentence on the first thing that fails.
 */
export async function checkDataset(
  data: Dataset,
  { name = 'data', size = Math.min(64, data.size) } = {},
): Promise<void> {
  const batch = (index: number, of = size) => data.batch({ index, size: of, random: random(1).stream('data', index) });
  demand(name, data.size >= 1, `its size is ${data.size}`);
  const read = (index: number) =>
    leavingNothing(name, `batch ${index}`, async () => {
      const tensors = await batch(index);
      try {
        checkPorts(data, tensors, size, name);
        return valuesOf(tensors);
      } finally {
        disposeAll(tensors);
      }
    });
  const first = await read(0);
  const later = await read(7);
  demand(name, allFinite(first), 'gives a value that is not finite');
  demand(name, sameValues(first, await read(0)), 'batch 0 is another one after batch 7 was drawn');
  demand(name, data.size <= size || !sameValues(first, later), 'batches 0 and 7 are the same');
  if (Number.isFinite(data.size)) await checkTooLarge(data, batch, name);
}

function checkPorts({ ports }: Dataset, tensors: Tensors, size: number, name: string): void {
  for (const [key, port] of Object.entries(ports)) {
    const tensor = tensors[key];
    demand(name, tensor !== undefined, `states '${key}', but a batch has only ${Object.keys(tensors)}`);
    const { shape, dtype } = tensor as Tensor;
    const expected = typeof port === 'object' ? [size, ...port] : [size];
    demand(name, shape.join() === expected.join(), `'${key}' has shape [${shape}], but should have [${expected}]`);
    demand(name, dtype === (typeof port === 'number' ? 'int32' : 'float32'), `'${key}' is ${dtype}`);
    if (typeof port === 'number')
      for (const id of tensor.dataSync())
        demand(name, id >= 0 && id < port, `'${key}' has the id ${id}, but there are ${port} classes`);
  }
}

async function checkTooLarge(
  data: Dataset,
  batch: (index: number, size: number) => Promise<Tensors>,
  name: string,
): Promise<void> {
  const outcome = await batch(0, data.size + 1).then(
    (tensors) => {
      disposeAll(tensors);
      return undefined;
    },
    (error: unknown) => error,
  );
  demand(name, outcome instanceof Error, `gives a batch of ${data.size + 1}, but has ${data.size} samples`);
}
