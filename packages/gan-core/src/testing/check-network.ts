import { slice, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Port, Ports } from '../contract.js';
import type { Network, Tensors, Weights } from '../network.js';
import type { Random } from '../random.js';
import { random } from '../streams.js';
import { disposeAll } from '../tensors.js';
import { allFinite, demand, leavingNothing, sameValues, valuesOf } from './conformance.js';

/** Standard normal samples for shapes, uniform ids for class counts. */
export const inputsFor = (ports: Ports, size: number, source: Random): Tensors =>
  Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [
      name,
      typeof port === 'number'
        ? source.stream(name).categorical([size], port)
        : source.stream(name).normal([size, ...(port as readonly number[])]),
    ]),
  );

/**
 * Demands of a network that it keeps the contract of `Network`: fresh weights depend on the stream alone; it gives the
 * outputs it names in the shapes it states, finite, for a batch of any size; it is pure, repeats itself on the same
 * stream, and in inference mode treats samples one by one; its weights go through a checkpoint; nothing leaks.
 *
 * @param network Whose promises are tried.
 * @param options How it is tried.
 * @param options.pack How many samples one output is about in training: those of a pack, for a judge of packs; 1 by default.
 * @throws ConformanceError with a sentence on the first thing that fails.
 */
export async function checkNetwork(network: Network, { name = 'network', seed = 1, pack = 1 } = {}): Promise<void> {
  const weights = network.init(random(seed));
  try {
    await checkInit(network, weights, name, seed);
    for (const training of [true, false]) {
      const mode = training ? 'in training' : 'in inference';
      await leavingNothing(name, `apply ${mode}`, () => {
        tidy(() => {
          const inputs = inputsFor(network.inputs, 3 * pack, random(seed).stream('inputs'));
          const before = valuesOf(weights);
          const apply = (given: Weights = weights) =>
            network.apply(given, inputs, { training, random: random(seed).stream('mode') });
          const { outputs, state } = apply();
          demand(name, sameValues(before, valuesOf(weights)), `apply ${mode} changes the weights it is given`);
          checkOutputs(network, outputs, training ? 3 : 3 * pack, `${name} ${mode}`);
          demand(
            name,
            sameNames(state, weights.state),
            `apply ${mode} gives the state ${Object.keys(state)}, but has ${Object.keys(weights.state)}`,
          );
          demand(
            name,
            sameValues(valuesOf(outputs), valuesOf(apply().outputs)),
            `apply ${mode} does not repeat itself on the same stream`,
          );
          demand(
            name,
            sameValues(valuesOf(outputs), valuesOf(apply(restored(weights)).outputs)),
            `apply ${mode} differs after its weights went through a checkpoint`,
          );
          if (!training)
            demand(name, sameValues(valuesOf(state), valuesOf(weights.state)), 'apply in inference changes the state');
        });
      });
    }
    await checkBatches(network, weights, name, seed);
  } finally {
    disposeAll(weights);
  }
}

async function checkInit(network: Network, weights: Weights, name: string, seed: number): Promise<void> {
  const values = valuesOf(weights);
  demand(name, allFinite(values), 'init gives a weight that is not finite');
  const fresh = await leavingNothing(name, 'init', () => {
    const again = network.init(random(seed));
    const other = network.init(random(seed + 1));
    const found = [valuesOf(again), valuesOf(other)] as const;
    demand(
      name,
      sameNames(again.parameters, weights.parameters),
      'init names its parameters differently the second time',
    );
    disposeAll([again, other]);
    return found;
  });
  demand(name, sameValues(values, fresh[0]), 'init does not repeat itself on the same stream');
  const constant = values.every((list) => list.every((value) => value === list[0]));
  demand(name, constant || !sameValues(values, fresh[1]), 'init does not depend on the stream');
}

function checkOutputs({ outputs: ports }: Network, outputs: Tensors, size: number, name: string): void {
  demand(name, sameNames(outputs, ports), `gives ${Object.keys(outputs)}, but states ${Object.keys(ports)}`);
  for (const [key, port] of Object.entries(ports)) {
    const { shape } = outputs[key] as Tensor;
    demand(
      name,
      fits(shape, port, size),
      `'${key}' has shape [${shape}] for a batch of ${size}, but its port is ${JSON.stringify(port)}`,
    );
  }
  demand(name, allFinite(valuesOf(outputs)), 'gives a value that is not finite');
  for (const [key, port] of Object.entries(ports))
    if (port === 'sigmoid')
      demand(
        name,
        valuesOf({ key: outputs[key] as Tensor }).every((list) => list.every((value) => value >= 0 && value <= 1)),
        `'${key}' is a sigmoid head, but leaves [0, 1]`,
      );
}

const fits = (shape: readonly number[], port: Port, size: number): boolean =>
  ((port !== 'linear' && port !== 'sigmoid') || shape.at(-1) === 1) &&
  shape[0] === size &&
  (typeof port !== 'object' ||
    (shape.length === port.length + 1 && port.every((length, axis) => shape[axis + 1] === length)));

/** One sample alone gives what it gives among others, up to rounding. */
async function checkBatches(network: Network, weights: Weights, name: string, seed: number): Promise<void> {
  await leavingNothing(name, 'apply to a batch of one', () => {
    tidy(() => {
      const mode = { training: false, random: random(seed).stream('mode') };
      const five = inputsFor(network.inputs, 5, random(seed).stream('inputs'));
      const one = Object.fromEntries(Object.entries(five).map(([key, value]) => [key, slice(value, 0, 1)]));
      const among = network.apply(weights, five, mode).outputs;
      const alone = network.apply(weights, one, mode).outputs;
      checkOutputs(network, alone, 1, `${name} on one sample`);
      for (const key of Object.keys(network.outputs)) {
        const [a] = valuesOf({ key: slice(among[key] as Tensor, 0, 1) });
        const [b] = valuesOf({ key: alone[key] as Tensor });
        const scale = Math.max(1e-3, ...(a as Float32Array).map(Math.abs));
        const apart = Math.max(
          ...(a as Float32Array).map((value, i) => Math.abs(value - ((b as Float32Array)[i] as number))),
        );
        demand(
          name,
          apart <= 1e-4 * scale,
          `'${key}' of one sample depends on the others in the batch, by ${apart}, in inference`,
        );
      }
    });
  });
}

const sameNames = (a: object, b: object): boolean => Object.keys(a).sort().join() === Object.keys(b).sort().join();

/** The weights as a checkpoint would bring them back. */
const restored = ({ parameters, state }: Weights): Weights => {
  const through = (tensors: Tensors): Tensors =>
    Object.fromEntries(
      Object.entries(tensors).map(([key, value]) => [
        key,
        tensor(value.dataSync(), value.shape, value.dtype as 'float32'),
      ]),
    );
  return { parameters: through(parameters), state: through(state) };
};
