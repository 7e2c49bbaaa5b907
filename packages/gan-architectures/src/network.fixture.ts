import '@tensorflow/tfjs-backend-cpu';
import type { Network, Tensors, Weights } from '@gan/core';
import { random } from '@gan/core';
import { dispose, engine, memory, setBackend, zeros } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';

/** Gives each test of a file the cpu backend and a scope of its own, and fails the test that leaves tensors behind. */
export function inScopes(): void {
  let before = 0;
  beforeAll(() => setBackend('cpu'));
  beforeEach(() => {
    before = memory().numTensors;
    engine().startScope();
  });
  afterEach(() => {
    engine().endScope();
    expect(memory().numTensors, 'tensors are left over').toBe(before);
  });
}

/** Runs a body with fresh weights, which do not outlive it. */
export function withWeights<R>(network: Network, body: (weights: Weights) => R): R {
  const weights = network.init(random(1));
  try {
    return body(weights);
  } finally {
    dispose([...Object.values(weights.parameters), ...Object.values(weights.state)]);
  }
}

/** How many numbers a record of tensors holds. */
export const size = (tensors: Tensors): number => Object.values(tensors).reduce((sum, tensor) => sum + tensor.size, 0);

/** How many parameters a network has. */
export const parameters = (network: Network): number => withWeights(network, (weights) => size(weights.parameters));

/** How many numbers of state. */
export const stateSize = (network: Network): number => withWeights(network, (weights) => size(weights.state));

/** Inputs of zeros for a batch of 2. */
export const blank = ({ inputs }: Network): Tensors =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, port]) => [
      name,
      typeof port === 'number' ? zeros([2], 'int32') : zeros([2, ...(port as number[])]),
    ]),
  );

/** The shapes that come out, by name. */
export const outputShapes = (network: Network): Record<string, number[]> =>
  withWeights(network, (weights) => {
    const { outputs } = network.apply(weights, blank(network), { training: true, random: random(2) });
    return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, tensor.shape]));
  });
