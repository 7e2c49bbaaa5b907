import { layersNetwork, type Network, type Ports, type Shape } from '@gan/core';
import { layers, model } from '@tensorflow/tfjs-layers';
import { chain, flat, modelInputs } from '../chain.js';
import type { Kernels } from './kernels.js';
import { batchNorm } from './normalized.js';

/** What heads guess, by name: a number of classes, or a shape of numbers. */
export type Guesses = Readonly<Record<string, number | Shape>>;

/** The outputs of heads: a class is guessed by `logits`, numbers by themselves. */
export type HeadPorts<G extends Guesses> = { readonly [K in keyof G]: G[K] extends number ? 'logits' : 'features' };

/** What heads give, by name. */
export const headPorts = (heads: Guesses): Ports =>
  Object.fromEntries(
    Object.entries(heads).map(([name, guess]) => [name, typeof guess === 'number' ? 'logits' : 'features']),
  );

/** Heads on features of a shape: a dense layer for each, behind one that they share, if `hidden` says how wide it is. */
export function headNetwork(
  shape: Shape,
  {
    heads,
    hidden,
    kernels: { dense },
  }: { readonly heads: Guesses; readonly hidden: number | undefined; readonly kernels: Kernels },
): Network {
  return layersNetwork({
    inputs: { features: shape },
    outputs: headPorts(heads),
    model: () => {
      const { inputs, main } = modelInputs(shape, undefined);
      const shared =
        hidden === undefined
          ? []
          : [
              dense({ units: hidden, useBias: false, name: 'hidden' }),
              batchNorm('hidden'),
              layers.leakyReLU({ alpha: 0.2, name: 'hidden.leak' }),
            ];
      const row = chain(flat(main), ...shared);
      const outputs = Object.entries(heads).map(([name, guess]) => {
        if (typeof guess === 'number') return chain(row, dense({ units: guess, name }));
        const numbers = chain(row, dense({ units: guess.reduce((size, axis) => size * axis, 1), name }));
        return guess.length === 1 ? numbers : chain(numbers, layers.reshape({ targetShape: [...guess] }));
      });
      return model({ inputs, outputs });
    },
  });
}
