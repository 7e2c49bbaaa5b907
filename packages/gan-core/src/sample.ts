import { clone, concat, mul, nextFrame, slice, sub, Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { assertCount, assertPositive, shown } from './checks.js';
import type { Port, Ports, Shown, Source, Unless } from './contract.js';
import { portShown } from './fit.js';
import type { Tensors } from './network.js';
import type { Random } from './random.js';
import { random } from './streams.js';
import type { TrainedNetwork } from './trained-network.js';

/** What may be given for an input: a tensor with as many rows as samples, or for classes one id for all or an id for each. */
export type Given<P> = P extends number ? number | readonly number[] | Tensor : Tensor;

export type SampleOptions<I extends Ports, O extends Ports> = {
  readonly count: number;
  /** Where latents, and noise inside the network, are drawn from. */
  readonly seed: number;
  /** How many samples to make at once; 64 unless said. Does not change what comes out of a network that treats samples one by one. */
  readonly batchSize?: number;
  /** Draws normal inputs again until they lie within so many standard deviations: more typical samples, less varied ones. */
  readonly truncation?: number;
  /** Which output; `sample` unless said. */
  readonly output?: keyof O & string;
} & { readonly [K in keyof I]?: Given<I[K]> };

/** A sentence for each condition that is not given. */
type Missing<I extends Ports, Drawn, Q> = {
  [K in keyof I & string]: K extends Drawn | keyof Q ? never : `'${K}' must be given: the network takes ${Shown<I[K]>}`;
}[keyof I & string];

/**
 * What a trained network makes, in inference mode: `[count, ...shape]`, owned by the caller.
 *
 * Inputs that training drew from a distribution are drawn from it here, unless given; conditions must be given, as in
 * `sample(generator, { count: 64, classes: 7, seed: 2 })`.
 *
 * @throws TypeError if a condition is missing, of another count than the samples, or a class out of range.
 * @see Brock et al. (2019), arXiv:1809.11096, section 3.1 (truncation).
 */
export async function sample<I extends Ports, O extends Ports, D extends string, const Q extends SampleOptions<I, O>>(
  trained: TrainedNetwork<I, O, D>,
  options: Q & Unless<Missing<I, D, Q>>,
): Promise<Tensor> {
  const { network, drawn } = trained as unknown as TrainedNetwork;
  const {
    count,
    seed,
    batchSize = 64,
    truncation,
    output = 'sample',
    ...given
  } = options as SampleOptions<Ports, Ports>;
  assertCount('count', count);
  assertCount('seed', seed, 0);
  assertCount('batchSize', batchSize);
  if (truncation !== undefined) {
    assertPositive('truncation', truncation);
    if (!Object.values(drawn).some((source) => 'normal' in source))
      throw new TypeError('truncation cuts normal inputs off, but the network takes none');
  }
  for (const name of Object.keys(given))
    if (!(name in network.inputs))
      throw new TypeError(
        `the network takes no '${name}'; it takes ${Object.keys(network.inputs).join(', ')}, and options are ${optionNames}`,
      );
  if (!Object.hasOwn(network.outputs, output))
    throw new TypeError(`the network has no output '${output}'; it has ${Object.keys(network.outputs).join(', ')}`);
  for (const [name, port] of Object.entries(network.inputs))
    if (given[name] === undefined && !(name in drawn))
      throw new TypeError(`'${name}' must be given: the network takes ${portShown(port)}`);
  const source = random(seed);
  const inputs = tidy(
    () =>
      Object.fromEntries(
        Object.entries(network.inputs).map(([name, port]) => [
          name,
          inputOf(name, port, given[name], drawn[name], count, truncation, source.stream('sample', name)),
        ]),
      ) as Record<string, Tensor>,
  );
  const parts: Tensor[] = [];
  try {
    for (let start = 0; start < count; start += batchSize) {
      const size = Math.min(batchSize, count - start);
      const part = tidy(() => {
        const fed: Tensors = Object.fromEntries(
          Object.entries(inputs).map(([name, all]) => [name, slice(all, start, size)]),
        );
        const stream = source.stream('apply', start);
        return network.apply(trained.weights, fed, { training: false, random: stream }).outputs[output]!;
      });
      parts.push(part);
      await nextFrame();
    }
    return tidy(() => concat(parts, 0));
  } finally {
    for (const tensor of [...parts, ...Object.values(inputs)]) tensor.dispose();
  }
}

const optionNames = 'count, seed, batchSize, truncation, output';

/** All rows of one input: given by the caller, or drawn as training drew them. */
function inputOf(
  name: string,
  port: Port,
  given: Given<Port> | undefined,
  source: Source | undefined,
  count: number,
  truncation: number | undefined,
  stream: Random,
): Tensor {
  if (given !== undefined) return rowsOf(name, port, given, count);
  if (source && 'normal' in source) {
    const shape = [count, ...source.normal];
    return truncation === undefined ? stream.normal(shape) : stream.truncatedNormal(shape, truncation);
  }
  if (source && 'uniform' in source) return tidy(() => sub(mul(stream.uniform([count, ...source.uniform]), 2), 1));
  if (source && 'categorical' in source) return stream.categorical([count], source.categorical);
  throw new TypeError(`'${name}' is drawn from no distribution`);
}

function rowsOf(name: string, port: Port, given: Given<Port>, count: number): Tensor {
  if (given instanceof Tensor) {
    if (given.shape[0] !== count)
      throw new TypeError(
        `'${name}' must have ${count} rows, one for each sample, but has shape [${given.shape.join(', ')}]`,
      );
    if (typeof port === 'number') assertIds(name, given.dataSync(), port);
    return clone(given);
  }
  const ids = typeof given === 'number' ? Array<number>(count).fill(given) : given;
  if (ids.length !== count)
    throw new TypeError(`'${name}' must have ${count} ids, one for each sample, but has ${ids.length}`);
  assertIds(name, ids, port as number);
  return tensor1d([...ids], 'int32');
}

function assertIds(name: string, ids: ArrayLike<number>, classes: number): void {
  const wrong = Array.from(ids).find((id) => !Number.isInteger(id) || id < 0 || id >= classes);
  if (wrong !== undefined)
    throw new TypeError(`'${name}' must be ids from 0 to ${classes - 1}, but one is ${shown(wrong)}`);
}
