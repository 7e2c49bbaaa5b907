import { type Network, random } from '@gan/core';
import { max, mean, memory, min, moments, sub, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { inScopes, outputShapes, parameters, stateSize, withWeights } from '../../network.fixture.js';
import { dcganGenerator } from './dcgan-generator.js';
import golden from './golden/dcgan.json' with { type: 'json' };

const digits = { sample: [28, 28, 1], classes: 10 } as const;
const number = (value: Tensor): number => value.dataSync()[0]!;

describe('dcganGenerator', () => {
  inScopes();

  it('says what it takes and gives, in its type and as a value', () => {
    const plain = dcganGenerator({ sample: [28, 28, 1], latents: 128 });
    expectTypeOf(plain).toEqualTypeOf<
      Network<{ readonly latents: readonly [128] }, { readonly sample: readonly [28, 28, 1] }>
    >();
    expect({ ...plain }).toMatchObject({ inputs: { latents: [128] }, outputs: { sample: [28, 28, 1] } });
    expect(plain.inputs).not.toHaveProperty('classes');
    const labelled = dcganGenerator({ ...digits, latents: [4, 8] });
    expectTypeOf(labelled.inputs.latents).toEqualTypeOf<readonly [4, 8]>();
    expectTypeOf(labelled.inputs.classes).toEqualTypeOf<10>();
    expect(labelled.inputs).toEqual({ latents: [4, 8], classes: 10 });
  });

  it('allocates nothing until it is initialised', () => {
    const before = memory().numTensors;
    dcganGenerator({ ...digits, latents: 100 });
    expect(memory().numTensors).toBe(before);
  });

  it('has as many parameters as the layers have', () => {
    const at = (options: { classes?: number }) => dcganGenerator({ sample: [28, 28, 1], latents: 100, ...options });
    // dense 100 * 6272, norm 2 * 6272, convolution 16 * 128 * 64, norm 2 * 64, convolution 16 * 64 * 1 + 1
    expect(parameters(at({}))).toBe(627_200 + 12_544 + 131_072 + 128 + 1025);
    // 10 rows of 32, and 32 more rows of the dense layer
    expect(parameters(at({ classes: 10 }))).toBe(771_969 + 320 + 32 * 6272);
    // mean and variance of 6272 + 64 numbers
    expect(stateSize(at({}))).toBe(12_672);
  });

  it.each([28, 32, 64] as const)('has the parameters of its PyTorch counterpart at %i', (side) => {
    const network = dcganGenerator({ sample: [side, side, side === 28 ? 1 : 3], latents: 100 });
    expect(parameters(network)).toBe(golden.parameters[`generator ${side}`]);
  });

  it('makes pictures of every side that it says it reaches', () => {
    for (const side of [3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 48])
      expect(outputShapes(dcganGenerator({ sample: [side, side, 2], latents: 3, filters: 1 }))).toEqual({
        sample: [2, side, side, 2],
      });
    expect(outputShapes(dcganGenerator({ sample: [8, 8, 3], latents: [2, 2, 1], classes: 5, filters: 2 }))).toEqual({
      sample: [2, 8, 8, 3],
    });
  });

  it('starts with kernels of deviation 0.02 around 0, and classes of deviation 1', () => {
    withWeights(dcganGenerator({ ...digits, latents: 20, filters: 8, embedding: 300 }), ({ parameters }) => {
      for (const [name, kernel] of Object.entries(parameters)) {
        if (!name.endsWith('kernel')) continue;
        const { mean: centre, variance } = moments(kernel);
        const [deviation, wanted] = [Math.sqrt(number(variance)), name === 'classes/kernel' ? 1 : 0.02];
        // Five standard errors of the deviation, sigma / sqrt(2 n), and of the mean, sigma / sqrt(n).
        expect(Math.abs(deviation / wanted - 1)).toBeLessThan(5 / Math.sqrt(2 * kernel.size));
        expect(Math.abs(number(centre) / wanted)).toBeLessThan(5 / Math.sqrt(kernel.size));
      }
    });
  });

  it('makes different pictures in (-1, 1) of different classes from the same latents', () => {
    const network = dcganGenerator({ sample: [12, 12, 1], latents: 6, classes: 3, filters: 4 });
    withWeights(network, (weights) => {
      const latents = random(3).normal([2, 6]);
      const of = (classes: number[]) => {
        const inputs = { latents, classes: tensor(classes, [2], 'int32') };
        return network.apply(weights, inputs, { training: false, random: random(4) }).outputs.sample;
      };
      const [one, other] = [of([0, 0]), of([1, 2])];
      expect(number(mean(sub(one, of([0, 0]))))).toBe(0);
      expect(number(max(sub(one, other)))).toBeGreaterThan(1e-6);
      expect(number(max(one))).toBeLessThan(1);
      expect(number(min(one))).toBeGreaterThan(-1);
    });
  });

  it.each([
    [{ sample: [28, 32, 1] }, 'sample must be a square picture, [side, side, channels], but is [28, 32, 1]'],
    [{ sample: [28, 28] }, 'sample must be a square picture, [side, side, channels], but is [28, 28]'],
    [{ sample: 28 }, 'sample must be a square picture, [side, side, channels], but is 28'],
    [
      { sample: [30, 30, 1] },
      'a side of 30 cannot be reached by doubling 3, 4, 5, 6 or 7: the nearest that can are 28 and 32',
    ],
    [{ latents: 0 }, 'latents must be a whole number of at least 1, but is 0'],
    [{ latents: [] }, 'latents must be a shape of positive whole numbers, as in [28, 28, 1], but is []'],
    [{ classes: 0 }, 'classes must be a whole number of at least 1, but is 0'],
    [{ filters: 1.5 }, 'filters must be a whole number of at least 1, but is 1.5'],
    [{ embedding: -1 }, 'embedding must be a whole number of at least 1, but is -1'],
    [{ width: 3 }, "dcganGenerator has no option 'width'; it takes sample, latents, classes, filters, embedding"],
  ])('refuses %j', (wrong, sentence) => {
    const options = { sample: [28, 28, 1], latents: 100, ...wrong } as Parameters<typeof dcganGenerator>[0];
    expect(() => dcganGenerator(options)).toThrow(new TypeError(sentence));
  });
});
