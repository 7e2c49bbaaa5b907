import { random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { dispose, memory, ones, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { digitNetwork } from './digit-network.js';

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe('the network of the digit classifier', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('keeps the contract of networks', async () => {
    await checkNetwork(digitNetwork());
  });

  it("starts as He et al. (2015) say: normal, variance 2 over a unit's inputs, biases 0", async () => {
    const { parameters, state } = digitNetwork().init(random(1));
    // 1024 inputs, 65,536 weights: the variance of a sample variance is 2 / n of it, so 3% is over 5 deviations.
    const values = await parameters['dense-1/kernel']!.data();
    expect(mean(Array.from(values, (value) => value * value)) / (2 / 1024)).toBeGreaterThan(0.97);
    expect(mean(Array.from(values, (value) => value * value)) / (2 / 1024)).toBeLessThan(1.03);
    expect(Array.from(await parameters['dense-1/bias']!.data())).toEqual(Array(64).fill(0));
    expect(Object.keys(state)).toEqual([]);
    dispose({ ...parameters });
  });

  it('leaves out features in training only, for each sample anew', async () => {
    const before = memory().numTensors;
    const network = digitNetwork();
    const weights = network.init(random(1));
    const sample = ones([100, 28, 28, 1]);
    const logits = async (training: boolean, seed: number) => {
      const { outputs } = network.apply(weights, { sample }, { training, random: random(seed) });
      const rows = (await outputs.class.array()) as number[][];
      dispose({ ...outputs });
      return rows;
    };
    const still = await logits(false, 1);
    const dropped = await logits(true, 1);
    expect(still[1]).toEqual(still[0]);
    expect(dropped[1]).not.toEqual(dropped[0]);
    // What is left is divided by the share kept, so that the expectation stays: within 5 standard errors of 100 passes.
    for (const [k, value] of still[0]!.entries()) {
      const passes = dropped.map((row) => row[k]!);
      const deviation = Math.sqrt(mean(passes.map((x) => (x - mean(passes)) ** 2)));
      expect(deviation).toBeGreaterThan(0);
      expect(Math.abs(mean(passes) - value)).toBeLessThan((5 * deviation) / Math.sqrt(100));
    }
    dispose([sample, weights.parameters]);
    expect(memory().numTensors).toBe(before);
  });
});
