import { type Network, random, type Weights } from '@gan/core';
import { abs, max, memory, sub, type Tensor, tensor, zerosLike } from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { JudgeOutputs } from '../../blocks/judge-score.js';
import { inScopes, outputShapes, parameters, stateSize, withWeights } from '../../network.fixture.js';
import { dcganDiscriminator } from './dcgan-discriminator.js';
import golden from './golden/dcgan.json' with { type: 'json' };

const digits = { sample: [28, 28, 1], classes: 10 } as const;
const largest = (value: Tensor): number => max(abs(value)).dataSync()[0]!;

describe('dcganDiscriminator', () => {
  inScopes();

  it('says what it takes and gives, in its type and as a value', () => {
    const plain = dcganDiscriminator({ sample: [28, 28, 1] });
    expectTypeOf(plain).toEqualTypeOf<Network<{ readonly sample: readonly [28, 28, 1] }, JudgeOutputs>>();
    expect(plain.inputs).toEqual({ sample: [28, 28, 1] });
    const labelled = dcganDiscriminator({ ...digits, head: 'sigmoid' });
    expectTypeOf(labelled.inputs.classes).toEqualTypeOf<10>();
    expectTypeOf(labelled.outputs).toEqualTypeOf<JudgeOutputs<'sigmoid'>>();
    expect(labelled.inputs).toEqual(digits);
    expect(labelled.outputs).toEqual({ score: 'sigmoid', features: 'features' });
    const unknown = dcganDiscriminator({ sample: [28, 28, 1], classes: Number('10') });
    expectTypeOf(unknown.inputs.classes).toEqualTypeOf<number>();
  });

  it('allocates nothing until it is initialised', () => {
    const before = memory().numTensors;
    dcganDiscriminator(digits);
    expect(memory().numTensors).toBe(before);
  });

  it('has as many parameters as the layers have', () => {
    // convolution 16 * 64 + 64, convolution 16 * 64 * 128, norm 2 * 128, dense 7 * 7 * 128 + 1
    const plain = 1024 + 64 + 131_072 + 256 + 6273;
    expect(parameters(dcganDiscriminator({ sample: [28, 28, 1] }))).toBe(plain);
    // a direction of 6272 for each class
    expect(parameters(dcganDiscriminator(digits))).toBe(plain + 62_720);
    // a map of 28 * 28 for each class, and one channel more in the first convolution
    expect(parameters(dcganDiscriminator({ ...digits, condition: 'concatenation' }))).toBe(plain + 7840 + 1024);
    // mean and variance of 128 channels
    expect(stateSize(dcganDiscriminator(digits))).toBe(256);
  });

  it.each([28, 32, 64] as const)('has the parameters of its PyTorch counterpart at %i', (side) => {
    const network = dcganDiscriminator({ sample: [side, side, side === 28 ? 1 : 3] });
    expect(parameters(network)).toBe(golden.parameters[`discriminator ${side}`]);
  });

  it('scores pictures of every side that it says it reaches', () => {
    for (const side of [3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 48])
      for (const condition of ['concatenation', 'projection'] as const)
        expect(
          outputShapes(dcganDiscriminator({ sample: [side, side, 2], classes: 3, filters: 1, condition })),
        ).toMatchObject({ score: [2, 1] });
  });

  /** How far scores move when the classes change. */
  function moved(network: Network, weights: Weights): number {
    const sample = random(3).uniform([2, 8, 8, 1]);
    const score = (classes: number[]) =>
      network.apply(weights, { sample, classes: tensor(classes, [2], 'int32') }, { training: false, random: random(4) })
        .outputs['score']!;
    return largest(sub(score([0, 1]), score([2, 0])));
  }

  it.each([
    // 3 classes by the 4 * 4 * 2 features, or by the 8 * 8 pixels
    ['projection', 'classes/kernel', [3, 32]],
    ['concatenation', 'classes/kernel', [3, 64]],
  ] as const)('takes the class by %s through its rows alone', (condition, name, shape) => {
    const network = dcganDiscriminator({ sample: [8, 8, 1], classes: 3, filters: 2, condition });
    withWeights(network, (weights) => {
      const rows = weights.parameters[name]!;
      expect(rows.shape).toEqual(shape);
      expect(moved(network, weights)).toBeGreaterThan(1e-5);
      const without = { ...weights, parameters: { ...weights.parameters, [name]: zerosLike(rows) } };
      expect(moved(network, without)).toBe(0);
    });
  });

  it('gives a probability behind a sigmoid head: the sigmoid of the linear one', () => {
    const options = { sample: [8, 8, 1], filters: 2 } as const;
    const [linear, sigmoid] = [dcganDiscriminator(options), dcganDiscriminator({ ...options, head: 'sigmoid' })];
    withWeights(linear, (weights) => {
      const sample = random(3).uniform([4, 8, 8, 1]);
      const mode = { training: false, random: random(4) };
      const logits = linear.apply(weights, { sample }, mode).outputs.score.dataSync();
      const probabilities = sigmoid.apply(weights, { sample }, mode).outputs.score.dataSync();
      for (const [i, logit] of logits.entries()) expect(probabilities[i]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 6);
    });
  });

  it.each([
    [{ sample: [28, 28, 0] }, 'sample must be a square picture, [side, side, channels], but is [28, 28, 0]'],
    [{ sample: [2, 2, 1] }, 'a side of 2 cannot be reached by doubling 3, 4, 5, 6 or 7: the nearest that can is 3'],
    [{ classes: 0 }, 'classes must be a whole number of at least 1, but is 0'],
    [{ head: 'logits' }, "head must be one of 'linear', 'sigmoid', but is 'logits'"],
    [{ classes: 10, condition: 'film' }, "condition must be one of 'concatenation', 'projection', but is 'film'"],
    [
      { condition: 'projection' },
      "condition is 'projection', but there is nothing to condition on: classes is missing",
    ],
    [{ latents: 3 }, "dcganDiscriminator has no option 'latents'; it takes sample, classes, filters, head, condition"],
  ])('refuses %j', (wrong, sentence) => {
    const options = { sample: [28, 28, 1], ...wrong } as Parameters<typeof dcganDiscriminator>[0];
    expect(() => dcganDiscriminator(options)).toThrow(new TypeError(sentence));
  });
});
