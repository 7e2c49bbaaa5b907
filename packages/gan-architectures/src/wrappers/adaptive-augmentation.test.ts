import { type Network, random, type Tensors, type Weights } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { fill, mean, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { adaAugment, adaptiveAugmentation, dcganDiscriminator, mlpDiscriminator, packed } from '../index.js';
import { inScopes } from '../network.fixture.js';

/** A judge whose score is the mean of the picture, and which shows what it saw. */
const plain: Network<{ readonly sample: readonly [4, 4, 1] }, { readonly score: 'linear'; readonly seen: 'features' }> =
  {
    inputs: { sample: [4, 4, 1] },
    outputs: { score: 'linear', seen: 'features' },
    init: () => ({ parameters: {}, state: {} }),
    apply: ({ state }, { sample }) => ({ outputs: { score: mean(sample!, [1, 2]), seen: sample! }, state }),
  };
const numbers = (of: Tensor) => Array.from(of.dataSync());
const values = (state: Tensors, ...names: string[]) =>
  names.map((name) => state[`augmentation/${name}`]!.dataSync()[0]!);

/** What a judge's state becomes over batches of two grey pictures, each of which it is shown as something. */
function after(
  judge: Network,
  batches: readonly (readonly [grey: number, role: 'real' | 'fake' | undefined, training?: boolean])[],
): Tensors {
  let weights: Weights = judge.init(random(1));
  for (const [grey, role, training = true] of batches) {
    const mode = { training, random: random(2), ...(role && { role }) };
    const { state } = judge.apply(weights, { sample: fill([2, 4, 4, 1], grey) }, mode);
    weights = { ...weights, state };
  }
  return weights.state;
}
const [sure, wrong] = [
  [1, 'real'],
  [-1, 'real'],
] as const;

describe('adaptiveAugmentation', () => {
  inScopes();
  const still = { transforms: ['cutout'], speed: 100, target: 0.5 } as const;

  it('raises the probability by the pictures of four batches while the judge is sure of real ones, and lowers it again', () => {
    const judge = adaptiveAugmentation(plain, { ...still, start: 0.5 });
    expect(values(after(judge, [sure, sure, sure]), 'probability', 'overfitting', 'batches')).toEqual([0.5, 0, 3]);
    // 4 batches of 2 pictures: 8 / 100
    const four = after(judge, [sure, sure, sure, sure]);
    expect(values(four, 'probability')[0]).toBeCloseTo(0.58, 6);
    expect(values(four, 'overfitting', 'batches', 'pictures', 'signs')).toEqual([1, 0, 0, 0]);
    const eight = after(judge, [sure, sure, sure, sure, wrong, wrong, wrong, sure]);
    expect(values(eight, 'probability')[0]).toBeCloseTo(0.5, 6);
    expect(values(eight, 'overfitting')).toEqual([-0.5]);
  });

  it('keeps the probability in [0, 1]', () => {
    const fast = { ...still, interval: 1, speed: 1 };
    expect(values(after(adaptiveAugmentation(plain, fast), [wrong]), 'probability')).toEqual([0]);
    expect(values(after(adaptiveAugmentation(plain, fast), [sure]), 'probability')).toEqual([1]);
  });

  it('hears real pictures in training alone', () => {
    const judge = adaptiveAugmentation(plain, { ...still, interval: 1 });
    expect(
      values(
        after(judge, [
          [1, 'fake'],
          [1, undefined],
          [1, 'real', false],
        ]),
        'probability',
      ),
    ).toEqual([0]);
    expect(values(after(judge, [sure]), 'probability')[0]).toBeCloseTo(0.02, 6);
  });

  it('takes a probability of more than a half for sure', () => {
    const half: Network = { ...plain, outputs: { score: 'sigmoid', seen: 'features' } };
    const heard = (grey: number) =>
      values(
        after(adaptiveAugmentation(half, { ...still, interval: 1, start: 0 }), [[grey, 'real']]),
        'overfitting',
      )[0];
    expect([heard(0.75), heard(0.25)]).toEqual([1, -1]);
  });

  const seen = (start: number, training = true) => {
    const judge = adaptiveAugmentation(plain, {
      start,
      transforms: ['blit', 'geometry', 'color', 'filter', 'noise', 'cutout'],
    });
    const sample = random(3).uniform([8, 4, 4, 1]);
    const { outputs } = judge.apply(judge.init(random(1)), { sample }, { training, random: random(2) });
    return [numbers(outputs.seen), numbers(sample)] as const;
  };
  const apart = ([a, b]: readonly (readonly number[])[]) =>
    Array.from({ length: 8 }, (_, k) =>
      Math.max(...a!.slice(16 * k, 16 * k + 16).map((x, i) => Math.abs(x - b![16 * k + i]!))),
    );

  it('of probability 0 leaves every pixel its value, and in inference', () => {
    expect(Math.max(...apart(seen(0)))).toBeLessThan(1e-5);
    expect(Math.max(...apart(seen(1, false)))).toBe(0);
  });

  it('changes each picture at probability 1, and some of them below', () => {
    expect(Math.min(...apart(seen(1)))).toBeGreaterThan(0.05);
    // Each of some 20 transformations leaves a picture alone with 0.97, all of them with 0.5.
    const changed = apart(seen(0.03)).filter((far) => far > 1e-4).length;
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThan(8);
  });

  it('keeps a picture of one colour as it is, however far it moves', () => {
    const grey = fill([16, 6, 6, 1], 0.25);
    const moved = numbers(adaAugment({ probability: 1, transforms: ['blit', 'geometry'] })(grey, random(1)));
    for (const value of moved) expect(value).toBeCloseTo(0.25, 5);
  });

  it('refuses what it cannot use', () => {
    expect(() => adaptiveAugmentation(plain, { target: 2 })).toThrow(
      new TypeError('target must lie in [-1, 1], but is 2'),
    );
    expect(() => adaptiveAugmentation(plain, { speed: 0 })).toThrow('speed must be a positive finite number, but is 0');
    expect(() => adaptiveAugmentation(plain, { start: 2 })).toThrow(
      new TypeError('start must lie in [0, 1], but is 2'),
    );
    expect(() => adaptiveAugmentation(plain, { transforms: [] })).toThrow(
      'transforms must be a list of at least one of',
    );
    expect(() => adaptiveAugmentation(plain, { head: 'seen' })).toThrow(
      new TypeError("head must be a score of the judge, score, but is 'seen'"),
    );
    const two = { ...plain, outputs: { score: 'linear', other: 'linear' } } as unknown as Network;
    expect(() => adaptiveAugmentation(two)).toThrow(
      new TypeError('head must say by which score overfitting is measured, but the judge has score, other'),
    );
    expect(() => adaptiveAugmentation(mlpDiscriminator({ sample: [2] }))).toThrow(
      'adaptiveAugmentation is for judges of pictures',
    );
    expect(() => adaAugment({ probability: 1 })(fill([1, 4, 4, 2], 0), random(1))).toThrow(
      new TypeError('colours are transformed of pictures of 1 or 3 channels, but these have 2'),
    );
  });

  it('keeps the contract of a network, around packs too', async () => {
    const judge = dcganDiscriminator({ sample: [8, 8, 2], filters: 2 });
    await checkNetwork(adaptiveAugmentation(packed(judge, { size: 2 }), { start: 0.5 }), { pack: 2 });
  });
});
