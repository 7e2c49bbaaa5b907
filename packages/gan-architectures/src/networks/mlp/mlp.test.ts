import { type Network, random } from '@gan/core';
import { abs, max, mean, memory, square, sub, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { JudgeOutputs } from '../../blocks/judge-score.js';
import { inScopes, outputShapes, parameters, stateSize, withWeights } from '../../network.fixture.js';
import { mlpDiscriminator } from './mlp-discriminator.js';
import { mlpGenerator } from './mlp-generator.js';

const largest = (value: Tensor): number => max(abs(value)).dataSync()[0]!;

describe('mlpGenerator', () => {
  inScopes();

  it('says what it takes and gives, and allocates nothing', () => {
    const before = memory().numTensors;
    const plain = mlpGenerator({ sample: [2], latents: 4 });
    expectTypeOf(plain).toEqualTypeOf<Network<{ readonly latents: readonly [4] }, { readonly sample: readonly [2] }>>();
    expect(plain.inputs).toEqual({ latents: [4] });
    expect(plain.outputs).toEqual({ sample: [2] });
    const labelled = mlpGenerator({ sample: [2], latents: 4, classes: 8 });
    expectTypeOf(labelled.inputs.classes).toEqualTypeOf<8>();
    expect(labelled.inputs).toEqual({ latents: [4], classes: 8 });
    expect(memory().numTensors).toBe(before);
  });

  it('has as many parameters as its layers, and no state', () => {
    // 4 * 128 + 128, 128 * 128 + 128, 128 * 2 + 2
    expect(parameters(mlpGenerator({ sample: [2], latents: 4 }))).toBe(640 + 16_512 + 258);
    // 3 rows of 8, 12 * 16 + 16, 16 * 6 + 6
    const small = mlpGenerator({ sample: [3, 2], latents: 4, classes: 3, units: 16, layers: 1 });
    expect(parameters(small)).toBe(24 + 208 + 102);
    expect(stateSize(small)).toBe(0);
  });

  it('gives samples of any shape', () => {
    for (const sample of [[1], [2], [16, 1], [3, 2, 2], [2, 2, 2, 1]] as const) {
      expect(outputShapes(mlpGenerator({ sample, latents: 3, units: 4 }))).toEqual({ sample: [2, ...sample] });
      expect(outputShapes(mlpGenerator({ sample, latents: [2, 2], classes: 2, units: 4 }))).toEqual({
        sample: [2, ...sample],
      });
    }
  });

  it('stays in (-1, 1) with a tanh at its end, and leaves it without', () => {
    for (const [output, inside] of [
      ['tanh', true],
      ['linear', false],
    ] as const) {
      const network = mlpGenerator({ sample: [8], latents: 4, output });
      withWeights(network, (weights) => {
        const latents = random(5).normal([64, 4]);
        const { sample } = network.apply(weights, { latents }, { training: true, random: random(6) }).outputs;
        expect(largest(sample) < 1).toBe(inside);
      });
    }
  });

  it('makes something else of another class', () => {
    const network = mlpGenerator({ sample: [2], latents: 4, classes: 3, units: 16 });
    withWeights(network, (weights) => {
      const latents = random(5).normal([1, 4]);
      const of = (id: number) =>
        network.apply(weights, { latents, classes: tensor([id], [1], 'int32') }, { training: true, random: random(6) })
          .outputs.sample;
      expect(largest(sub(of(0), of(0)))).toBe(0);
      expect(largest(sub(of(0), of(1)))).toBeGreaterThan(0.01);
    });
  });

  it('keeps the spread of what goes through it, whatever its depth', () => {
    const network = mlpGenerator({ sample: [64], latents: 64, units: 256, layers: 8 });
    withWeights(network, (weights) => {
      const latents = random(5).normal([64, 64]);
      const { sample } = network.apply(weights, { latents }, { training: true, random: random(6) }).outputs;
      const power = mean(square(sample)).dataSync()[0]!;
      // Latents of mean square 1 keep it through 8 layers; the last, of variance 2 / (256 + 64), makes it 256 * 2 / 320.
      expect(power).toBeGreaterThan(1.6 / 2);
      expect(power).toBeLessThan(1.6 * 2);
    });
  });

  it.each([
    [{ sample: [] }, 'sample must be a shape of positive whole numbers, as in [28, 28, 1], but is []'],
    [{ sample: [2, 0] }, 'sample must be a shape of positive whole numbers, as in [28, 28, 1], but is [2, 0]'],
    [{ sample: 2 }, 'sample must be a shape of positive whole numbers, as in [28, 28, 1], but is 2'],
    [{ latents: 1.5 }, 'latents must be a whole number of at least 1, but is 1.5'],
    [{ classes: 0 }, 'classes must be a whole number of at least 1, but is 0'],
    [{ units: 0 }, 'units must be a whole number of at least 1, but is 0'],
    [{ layers: 0 }, 'layers must be a whole number of at least 1, but is 0'],
    [{ output: 'relu' }, "output must be one of 'linear', 'tanh', but is 'relu'"],
    [
      { depth: 2 },
      "mlpGenerator has no option 'depth'; it takes sample, latents, classes, units, layers, embedding, output",
    ],
  ])('refuses %j', (wrong, sentence) => {
    const options = { sample: [2], latents: 4, ...wrong } as Parameters<typeof mlpGenerator>[0];
    expect(() => mlpGenerator(options)).toThrow(new TypeError(sentence));
  });
});

describe('mlpDiscriminator', () => {
  inScopes();

  it('says what it takes and gives', () => {
    const plain = mlpDiscriminator({ sample: [2] });
    expectTypeOf(plain).toEqualTypeOf<Network<{ readonly sample: readonly [2] }, JudgeOutputs>>();
    expect(plain.inputs).toEqual({ sample: [2] });
    const labelled = mlpDiscriminator({ sample: [2], classes: 8, head: 'sigmoid' });
    expectTypeOf(labelled.inputs.classes).toEqualTypeOf<8>();
    expect({ inputs: labelled.inputs, outputs: labelled.outputs }).toEqual({
      inputs: { sample: [2], classes: 8 },
      outputs: { score: 'sigmoid', features: 'features' },
    });
  });

  it('has as many parameters as its layers, and no state', () => {
    // 2 * 128 + 128, 128 * 128 + 128, 128 + 1
    const plain = 384 + 16_512 + 129;
    expect(parameters(mlpDiscriminator({ sample: [2] }))).toBe(plain);
    // a direction of 128 for each class
    expect(parameters(mlpDiscriminator({ sample: [2], classes: 8 }))).toBe(plain + 1024);
    // a row of 8 for each class, and 8 more inputs
    const beside = mlpDiscriminator({ sample: [2], classes: 8, condition: 'concatenation' });
    expect(parameters(beside)).toBe(plain + 64 + 1024);
    expect(stateSize(beside)).toBe(0);
  });

  it('scores samples of any shape', () => {
    for (const sample of [[1], [2], [16, 1], [3, 2, 2], [2, 2, 2, 1]] as const)
      for (const condition of ['concatenation', 'projection'] as const) {
        const score = { score: [2, 1], features: [2, 4] };
        expect(outputShapes(mlpDiscriminator({ sample, units: 4 }))).toEqual(score);
        expect(outputShapes(mlpDiscriminator({ sample, classes: 2, units: 4, condition }))).toEqual(score);
      }
  });

  it.each(['concatenation', 'projection'] as const)('judges another class otherwise, by %s', (condition) => {
    const network = mlpDiscriminator({ sample: [2], classes: 3, units: 16, condition });
    withWeights(network, (weights) => {
      const sample = random(5).normal([1, 2]);
      const of = (id: number) =>
        network.apply(weights, { sample, classes: tensor([id], [1], 'int32') }, { training: true, random: random(6) })
          .outputs.score;
      expect(largest(sub(of(1), of(1)))).toBe(0);
      expect(largest(sub(of(0), of(1)))).toBeGreaterThan(0.01);
    });
  });

  it.each([
    [{ sample: [2.5] }, 'sample must be a shape of positive whole numbers, as in [28, 28, 1], but is [2.5]'],
    [{ units: -1 }, 'units must be a whole number of at least 1, but is -1'],
    [
      { condition: 'projection' },
      "condition is 'projection', but there is nothing to condition on: classes is missing",
    ],
    [{ head: 'tanh' }, "head must be one of 'linear', 'sigmoid', but is 'tanh'"],
    [
      { latents: 4 },
      "mlpDiscriminator has no option 'latents'; it takes sample, classes, units, layers, head, condition",
    ],
  ])('refuses %j', (wrong, sentence) => {
    const options = { sample: [2], ...wrong } as Parameters<typeof mlpDiscriminator>[0];
    expect(() => mlpDiscriminator(options)).toThrow(new TypeError(sentence));
  });
});
