import {
  conv2d,
  gather,
  grads,
  image,
  maxPool3d,
  memory,
  oneHot,
  randomUniform,
  setBackend,
  square,
  sum,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
  tensor,
  tensor1d,
  tensor2d,
  tidy,
  unsortedSegmentSum,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerGradients } from '../gradients/register-gradients.js';
import { loadWasm } from './load-wasm.js';

beforeAll(async () => {
  await loadWasm();
  registerGradients();
});

/** The same numbers on both backends. */
async function onBoth(compute: () => Tensor[]): Promise<[number[][], number[][]]> {
  const results = [];
  for (const backend of ['cpu', 'wasm']) {
    await setBackend(backend);
    const before = memory().numTensors;
    results.push(tidy(() => compute().map((t) => [...t.dataSync<'float32'>()])) as unknown as number[][]);
    expect(memory().numTensors, `tensors on ${backend}`).toBe(before);
  }
  return results as [number[][], number[][]];
}

function expectClose(found: number[][], expected: number[][], tolerance: number): void {
  found.forEach((values, i) => {
    // A bias before a batch normalisation has no gradient but rounding: 1 is the size of the others.
    const scale = Math.max(1, ...expected[i]!.map(Math.abs));
    values.forEach((v, j) => {
      expect(Math.abs(v - expected[i]![j]!)).toBeLessThan(tolerance * scale);
    });
  });
}

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
      const loss = (x: Tensor, f: Tensor) =>
        sum(square(conv2d(x as Tensor4D, f as Tensor4D, of.strides, of.pad as 'same')));
      const [expected, found] = await onBoth(() =>
        grads(loss)([
          randomUniform([...of.x], -1, 1, 'float32', 1),
          randomUniform([...of.filter], -1, 1, 'float32', 2),
        ]),
      );
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
    const [expected, found] = await onBoth(() => {
      const init = (seed: number) => ({ className: 'RandomNormal', config: { stddev: 0.1, seed } }) as never;
      const model = sequential({
        layers: [
          layers.embedding({ inputDim: 4, outputDim: 6, inputLength: 2, embeddingsInitializer: init(1) }),
          layers.flatten(),
          layers.dense({ units: 2 * 2 * 8, kernelInitializer: init(2) }),
          layers.reshape({ targetShape: [2, 2, 8] }),
          layers.batchNormalization({}),
          layers.activation({ activation: 'relu' }),
          layers.conv2dTranspose({
            filters: 4,
            kernelSize: 4,
            strides: 2,
            padding: 'same',
            kernelInitializer: init(3),
          }),
          layers.batchNormalization({}),
          layers.leakyReLU({ alpha: 0.2 }),
          layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: 'same', kernelInitializer: init(4) }),
        ],
      });
      const ids = tensor([0, 3, 1, 2, 2, 2], [3, 2], 'int32');
      const { grads, value } = variableGrads(
        () => sum(square(model.apply(ids, { training: true }) as Tensor)) as never,
      );
      const found = [value as Tensor, ...Object.values(grads)];
      const kept = found.map((t) => t.clone());
      model.dispose();
      return kept;
    });
    expect(found).toHaveLength(1 + 11);
    expectClose(found, expected, 1e-4);
  });
});
