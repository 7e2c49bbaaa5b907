import type { Ports } from './contract.js';
import type { Dataset } from './dataset.js';
import type { Tensors } from './network.js';
import { disposeAll } from './tensors.js';

/** @throws TypeError unless a batch is what the data promises: shapes always, and the ids of the first one. */
export function assertBatch(ports: Ports, batch: Tensors, size: number, first: boolean): void {
  for (const [name, port] of Object.entries(ports)) {
    const expected = typeof port === 'object' ? [size, ...port] : [size];
    const shape = batch[name]?.shape;
    if (shape?.join() !== expected.join())
      throw new TypeError(
        `data: '${name}' of a batch must have shape [${expected}], but ${shape ? `has [${shape}]` : 'is absent'}`,
      );
    if (!first || typeof port !== 'number') continue;
    const wrong = batch[name]!.dataSync().find((id) => !(id >= 0 && id < port));
    if (wrong !== undefined)
      throw new TypeError(`data: '${name}' must be ids from 0 to ${port - 1}, but one is ${wrong}`);
  }
}

/** All batches of a step, or none: if one fails, the others are freed. */
export async function drawnBatches(
  data: Dataset,
  count: number,
  which: (k: number) => Parameters<Dataset['batch']>[0],
): Promise<readonly Tensors[]> {
  const settled = await Promise.allSettled(Array.from({ length: count }, (_, k) => data.batch(which(k))));
  const failed = settled.find((result) => result.status === 'rejected');
  const drawn = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (!failed) return drawn;
  disposeAll(drawn);
  throw failed.reason;
}
