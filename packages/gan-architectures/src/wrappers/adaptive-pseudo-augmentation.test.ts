import { gradients, type Network, random, type Tensors, type Weights } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { fill, sum, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { adaptivePseudoAugmentation, mlpDiscriminator } from '../index.js';
import { inScopes } from '../network.fixture.js';

/** A judge whose score is what it is shown, a number, and which tells its class. */
const plain: Network = {
  inputs: { sample: [1], classes: 100 },
  outputs: { score: 'linear', seen: 'features' },
  init: () => ({ parameters: {}, state: {} }),
  apply: ({ state }, { sample, classes }) => ({ outputs: { score: sample!, seen: classes! } as never, state }),
};
const numbers = (of: Tensor) => Array.from(of.dataSync());

/** What the judge inside sees of batches of equal samples, whose classes are 10 times them. */
function seen(options: object, batches: readonly (readonly [value: number, role?: 'real' | 'fake'])[], size = 2) {
  const judge = adaptivePseudoAugmentation(plain, options);
  let weights: Weights = judge.init(random(1));
  return batches.map(([value, role], step) => {
    const inputs: Tensors = {
      sample: fill([size, 1], value),
      classes: tensor1d(
        Array.from({ length: size }, () => 10 * value),
        'int32',
      ),
    };
    const mode = { training: true, random: random(1).stream(step), ...(role && { role }) };
    const { outputs, state } = judge.apply(weights, inputs, mode);
    weights = { ...weights, state };
    return { samples: numbers(outputs['score']!), classes: numbers(outputs['seen']!), state };
  });
}

describe('adaptivePseudoAugmentation', () => {
  inScopes();

  it('shows kept fakes as real with its probability, with their conditions', () => {
    const [, , real] = seen(
      { start: 1 },
      [
        [3, 'fake'],
        [4, 'fake'],
        [1, 'real'],
      ],
      100,
    );
    expect(new Set(real!.samples)).toEqual(new Set([4]));
    expect(real!.classes).toEqual(real!.samples.map((value) => 10 * value));
    // 100 of 200: the deviation of the share is 0.035.
    const [, half] = seen(
      { start: 0.5 },
      [
        [3, 'fake'],
        [1, 'real'],
      ],
      200,
    );
    expect(Math.abs(half!.samples.filter((value) => value === 3).length / 200 - 0.5)).toBeLessThan(0.14);
    expect(half!.classes).toEqual(half!.samples.map((value) => 10 * value));
  });

  it('keeps the latest fakes, from several batches where one has fewer', () => {
    const shown = seen({ start: 1, kept: 3 }, [
      [1, 'fake'],
      [2, 'fake'],
      [3, 'fake'],
      ...Array.from({ length: 20 }, () => [0, 'real'] as const),
    ]);
    expect(numbers(shown[2]!.state['pseudo/kept/sample']!)).toEqual([3, 3, 2]);
    expect(new Set(shown.slice(3).flatMap(({ samples }) => samples))).toEqual(new Set([2, 3]));
  });

  it('shows real samples as long as it has seen no fake, and wherever no term asks for real ones', () => {
    const [first, , probed, fake] = seen({ start: 1 }, [[1, 'real'], [2, 'fake'], [3], [4, 'fake']]);
    expect([first, probed, fake].map((each) => each!.samples[0])).toEqual([1, 3, 4]);
  });

  it.each([
    [0, [1, 1]],
    [1, [0, 0]],
  ])('at a probability of %f has a slope in true samples alone', (start, wanted) => {
    const judge = adaptivePseudoAugmentation(plain, { start });
    const weights = judge.init(random(1));
    const classes = tensor1d([0, 0], 'int32');
    const judged = (role: 'real' | 'fake', state: Tensors, sample: Tensor) =>
      judge.apply({ parameters: {}, state }, { sample, classes }, { training: true, random: random(1), role });
    const { state } = judged('fake', weights.state, fill([2, 1], 3));
    const sample = fill([2, 1], 5);
    const slopes = gradients(() => sum(judged('real', state, sample).outputs['score']!), [sample]).gradients;
    expect(numbers(slopes[0]!)).toEqual(wanted);
  });

  it('raises its probability while the judge is sure of what it is shown as real', () => {
    const options = { interval: 1, speed: 100, start: 0 };
    const p = (batches: Parameters<typeof seen>[1]) =>
      seen(options, batches).map(({ state }) => state['pseudo/probability']!.dataSync()[0]!);
    const rising = p([[1, 'real'], [1, 'real'], [1, 'fake'], [1]]);
    for (const [k, wanted] of [0.02, 0.04, 0.04, 0.04].entries()) expect(rising[k]).toBeCloseTo(wanted, 6);
    expect(p([[-1, 'real']])).toEqual([0]);
  });

  it('keeps the contract of a network', async () => {
    await checkNetwork(
      adaptivePseudoAugmentation(mlpDiscriminator({ sample: [2], classes: 3, units: 4 }), { kept: 4 }),
    );
    expect(() => adaptivePseudoAugmentation(plain, { kept: 0 })).toThrow(
      new TypeError('kept must be a whole number of at least 1, but is 0'),
    );
  });
});
