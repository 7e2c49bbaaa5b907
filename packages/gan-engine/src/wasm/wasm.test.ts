import {
  gather,
  image,
  maxPool3d,
  oneHot,
  randomUniform,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
  tensor,
  tensor1d,
  tensor2d,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerGradients } from '../gradients/register-gradients.js';
import { besideCpu, expectClose, gradientsOfDcgan } from '../kernels/beside-cpu.fixture.js';
import { gradientsOfConvolution } from '../kernels/convolution.fixture.js';
import { loadWasm } from './load-wasm.js';

beforeAll(async () => {
  await loadWasm();
  registerGradients();
});

const onBoth = (compute: () => Tensor[]) => besideCpu('wasm', compute);

describe('the completed WebAssembly backend', () => {
  it.each([
    { x: [2, 7, 6, 3], filter: [3, 4, 3, 5], strides: 2, pad: 'same' },
    { x: [2, 7, 6, 3], filter: [3, 4, 3, 5], strides: 3, pad: 'valid' },
    { x: [3, 8, 8, 2], filter: [4, 4, 2, 3], strides: 2, pad: 'same' },
    { x: [1, 5, 9, 2], filter: [3, 3, 2, 1], strides: 1, pad: 1 },
    {
      x: [2, 6, 5, 1],
      filter: [2, 3, 1, 2],
      strides: 2,
      pad: [
        [0, 0],
        [1, 0],
        [0, 2],
        [0, 0],
      ],
    },
  ] as const)(
    'gives the filter of a convolution the gradient that JavaScript does ($x, $filter, $strides, $pad)',
    async (of) => {
      const [expected, found] = await onBoth(() => gradientsOfConvolution(of));
      expectClose(found, expected, 1e-5);
    },
  );

  it('sums by segment as JavaScript does, and drops negative ones', async () => {
    const [expected, found] = await onBoth(() => [
      unsortedSegmentSum(tensor([1, 2, 3, 4, 5, 6], [3, 2]), tensor([1, -1, 1], [3], 'int32') as never, 3),
      gather(tensor([1, 2, 3], [3]), tensor([2, 2], [2], 'int32')),
    ]);
    expect(found).toEqual(expected);
    expect(found).toEqual([
      [0, 0, 6, 8, 0, 0],
      [3, 3],
    ]);
  });

  it('makes a one-hot of float32 ones', async () => {
    const [, found] = await onBoth(() => [oneHot(tensor([2, 0], [2], 'int32'), 3, 1, 0, 'float32')]);
    expect(found).toEqual([[0, 0, 1, 1, 0, 0]]);
  });

  // The rows that are looked up are 0.29, 0.44 and 0.58 of a picture whose rows are 0 and 1.
  it('takes the nearest rows of a picture one pixel wide', async () => {
    const [expected, found] = await onBoth(() => [
      image.cropAndResize(
        tensor([5, 7], [1, 2, 1, 1]) as Tensor4D,
        tensor2d([[0.2909, 0.6883, 0.5834, 1.1217]]),
        tensor1d([0], 'int32'),
        [3, 1],
        'nearest',
      ),
    ]);
    expect(found).toEqual(expected);
    expect(found).toEqual([[5, 5, 7]]);
  });

  it('pools the greatest of volumes as JavaScript does', async () => {
    const [expected, found] = await onBoth(() => [
      maxPool3d(randomUniform([1, 4, 5, 3, 2], -1, 1, 'float32', 1) as Tensor5D, 2, 2, 'same'),
    ]);
    expect(found).toEqual(expected);
  });

  it('has the gradients of a DCGAN with batch normalisation, embedding and dense layers that JavaScript has', async () => {
    const [expected, found] = await onBoth(gradientsOfDcgan);
    expectClose(found, expected, 1e-4);
  });
});
