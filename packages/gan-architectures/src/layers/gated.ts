import { elu, leakyRelu, mul, sigmoid, split, type Tensor } from '@tensorflow/tfjs-core';

/** What is done to the half of the channels that the other half lets through. */
export type Gated = 'linear' | 'elu' | 'leakyReLU';

/** All that there are. */
export const gatedKinds = ['linear', 'elu', 'leakyReLU'] as const;

const functions: Readonly<Record<Gated, (x: Tensor) => Tensor>> = {
  linear: (x) => x,
  elu: (x) => elu(x),
  leakyReLU: (x) => leakyRelu(x, 0.2),
};

/** phi of the first half of the channels times the sigmoid of the second. */
export function gated(x: Tensor, activation: Gated = 'linear'): Tensor {
  const [value, gate] = split(x, 2, -1) as [Tensor, Tensor];
  return mul(functions[activation](value), sigmoid(gate));
}
