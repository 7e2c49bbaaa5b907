import { memory, setBackend, square, sum, type Tensor, tensor, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';

/** The numbers that the JavaScript backend computes, and those of another; no tensor may be left over. */
export async function besideCpu(backend: string, compute: () => Tensor[]): Promise<[number[][], number[][]]> {
  const results = [];
  for (const name of ['cpu', backend]) {
    await setBackend(name);
    const before = memory().numTensors;
    results.push(tidy(() => compute().map((t) => [...t.dataSync<'float32'>()])) as unknown as number[][]);
    expect(memory().numTensors, `tensors on ${name}`).toBe(before);
  }
  return results as [number[][], number[][]];
}

/** Compares relative to the largest of each tensor; a bias before a batch normalisation has no gradient but rounding: 1 is the size of the others. */
export function expectClose(found: number[][], expected: number[][], tolerance: number): void {
  expect(found.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  found.forEach((values, i) => {
    const scale = expected[i]!.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
    values.forEach((v, j) => {
      expect(Math.abs(v - expected[i]![j]!)).toBeLessThan(tolerance * scale);
    });
  });
}

/** The loss and the gradients of a DCGAN with batch normalisation, embedding and dense layers. */
export function gradientsOfDcgan(): Tensor[] {
  const init = (seed: number) => ({ className: 'RandomNormal', config: { stddev: 0.1, seed } }) as never;
  const model = sequential({
    layers: [
      layers.embedding({ inputDim: 4, outputDim: 6, inputLength: 2, embeddingsInitializer: init(1) }),
      layers.flatten(),
      layers.dense({ units: 2 * 2 * 8, kernelInitializer: init(2) }),
      layers.reshape({ targetShape: [2, 2, 8] }),
      layers.batchNormalization({}),
      layers.activation({ activation: 'relu' }),
      layers.conv2dTranspose({ filters: 4, kernelSize: 4, strides: 2, padding: 'same', kernelInitializer: init(3) }),
      layers.batchNormalization({}),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: 'same', kernelInitializer: init(4) }),
    ],
  });
  const ids = tensor([0, 3, 1, 2, 2, 2], [3, 2], 'int32');
  const { grads, value } = variableGrads(() => sum(square(model.apply(ids, { training: true }) as Tensor)) as never);
  const found = [value as Tensor, ...Object.values(grads)];
  expect(found).toHaveLength(1 + 11);
  const kept = found.map((t) => t.clone());
  model.dispose();
  return kept;
}
