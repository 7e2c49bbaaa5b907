import '@tensorflow/tfjs-backend-cpu';
import { fusedAdam, fusedAverage } from '@gan/tfjs-backend-torch';
import {
  grads,
  image,
  memory,
  mul,
  setBackend,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor,
  engine as tfjs,
  tidy,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { engine } from '../engine.js';
import { findLibtorch } from '../libtorch/find-libtorch.js';
import { registerGradients } from './register-gradients.js';

/** Tries to differentiate at every input; nothing may be left. */
const differentiate = (f: (...xs: Tensor[]) => Tensor, ...shapes: number[][]): void => {
  const before = memory().numTensors;
  try {
    tidy(() =>
      grads((...xs) => sum(mul(f(...xs), 2)))(
        shapes.map((shape) => tensor(Array(shape.reduce((product, size) => product * size, 1)).fill(0.5), shape)),
      ),
    );
  } finally {
    expect(memory().numTensors).toBe(before);
  }
};

describe('what has no gradient', () => {
  beforeAll(async () => {
    registerGradients();
    await setBackend('cpu');
  });

  it('says so of the transforms of image.transform', () => {
    const transform = (x?: Tensor, by?: Tensor) => image.transform(x as Tensor4D, by as Tensor2D);
    expect(() => differentiate(transform, [1, 2, 2, 1], [1, 8])).toThrow(
      'image.transform has no gradient with respect to its transforms, only to the picture',
    );
  });

  it.each([
    ['FusedConv2D', [1, 2, 2, 1], [1, 1, 1, 1], (a: Tensor, b: Tensor) => ({ x: a, filter: b })],
    ['_FusedMatMul', [1, 2, 2], [1, 2, 2], (a: Tensor, b: Tensor) => ({ a, b })],
  ] as const)('says so of the kernel %s with an activation', (kernel, left, right, inputs) => {
    const attributes = { activation: 'relu', strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: 1 };
    const run = (a?: Tensor, b?: Tensor): Tensor => tfjs().runKernel(kernel, inputs(a!, b!), attributes);
    expect(() => differentiate(run, [...left], [...right])).toThrow(
      `the gradient of the kernel ${kernel} is known for the activation 'linear' only, not 'relu'`,
    );
  });

  it('says so of kernels that have none', () => {
    const counted = (x?: Tensor): Tensor => tfjs().runKernel('Bincount', { x: x!, weights: x! }, { size: 2 });
    expect(() => differentiate(counted, [2])).toThrow(
      'Cannot compute gradient: gradient function not found for Bincount',
    );
  });
});

const absent = (await findLibtorch()).found.length === 0;

describe.skipIf(absent)(`what has no gradient on libtorch${absent ? ' (skipped: none on this machine)' : ''}`, () => {
  beforeAll(async () => {
    await engine({ use: 'torch-cpu' });
  });

  it('says so of a fused step of Adam', () => {
    const numbers = { update: 1, learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 };
    const step = (p?: Tensor, g?: Tensor): Tensor =>
      fusedAdam({ parameters: [p!], gradients: [g!], first: [g!], second: [g!], ...numbers }).parameters[0]!;
    expect(() => differentiate(step, [2], [2])).toThrow('gradient function not found for FusedAdam');
  });

  it('says so of a fused average', () => {
    const average = (a?: Tensor, b?: Tensor): Tensor => fusedAverage({ w: a! }, { w: b! }, 0.9).w;
    expect(() => differentiate(average, [2], [2])).toThrow('gradient function not found for FusedAverage');
  });
});
