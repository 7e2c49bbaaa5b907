import { type Network, random } from '@gan/core';
import { dispose } from '@tensorflow/tfjs-core';

/** How many parameters a network has: of its initial weights, without applying it, which takes long at the sizes of papers. */
export function parametersOf(network: Network): number {
  const { parameters, state } = network.init(random(1));
  const count = Object.values(parameters).reduce((all, { size }) => all + size, 0);
  dispose([parameters, state]);
  return count;
}
