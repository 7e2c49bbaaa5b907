import { type Network, random, type Tensors } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { add, concat, mul, ones, type Tensor, tensor4d, zeros } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { type Augment, augmented, dcganDiscriminator, diffAugment, mlpDiscriminator } from '../index.js';
import { stack } from '../judge-layers.fixture.js';
import { inScopes, withWeights } from '../network.fixture.js';

/** What the judge inside sees. */
const seen = (sample: Tensor, augment: Augment, training = true, seed = 1): Tensor => {
  const judge = augmented(
    stack(sample.shape.slice(1), () => [layers.activation({ activation: 'linear' })]),
    { augment },
  );
  return withWeights(
    judge,
    (weights) => (judge.apply(weights, { sample }, { training, random: random(seed) }).outputs as Tensors)['features']!,
  );
};
const numbers = (of: Tensor) => Array.from(of.dataSync());

describe('augmented', () => {
  inScopes();

  it('shows the judge augmented pictures in training, by draws of its stream, and pictures as they are in inference', () => {
    const sample = random(2).uniform([2, 4, 4, 1]);
    const first = numbers(seen(sample, diffAugment()));
    expect(first).not.toEqual(numbers(sample));
    expect(numbers(seen(sample, diffAugment()))).toEqual(first);
    expect(numbers(seen(sample, diffAugment(), true, 3))).not.toEqual(first);
    expect(numbers(seen(sample, diffAugment(), false))).toEqual(numbers(sample));
  });

  it('augments the pictures beside a sample in the same way, and leaves what is no picture', () => {
    const judge: Network = {
      inputs: { sample: [2, 2, 1], line: [2, 2, 1], code: [3], classes: 2 },
      outputs: { sum: 'features' },
      init: () => ({ parameters: {}, state: {} }),
      apply: (_, { sample, line, code, classes }) => {
        expect(numbers(line!)).toEqual(numbers(sample!));
        expect([...numbers(code!), ...numbers(classes!)]).toEqual([1, 1, 1, 0]);
        return { outputs: { sum: sample! } as never, state: {} };
      },
    };
    const picture = random(1).uniform([1, 2, 2, 1]);
    const inputs = { sample: picture, line: picture, code: ones([1, 3]), classes: zeros([1], 'int32') };
    const mode = { training: true, random: random(4) };
    const { outputs } = augmented(judge, { augment: diffAugment({ translation: 0, cutout: 0 }) }).apply(
      { parameters: {}, state: {} },
      inputs,
      mode,
    );
    expect(numbers(outputs['sum']!)).not.toEqual(numbers(picture));
  });

  it('takes an augmentation of ones own, which must keep the shape', () => {
    const sample = zeros([1, 2, 2, 1]);
    expect(numbers(seen(sample, (of, draws) => add(of, draws.integer(1) + 3)))).toEqual([3, 3, 3, 3]);
    expect(() => seen(sample, (of) => concat([of, of], 3))).toThrow(
      new TypeError('augment must keep the shape 1x2x2x1, but gives 1x2x2x2'),
    );
  });

  it('refuses what is no augmentation, and judges of no picture', () => {
    expect(() => augmented(dcganDiscriminator({ sample: [8, 8, 1] }), { augment: 'color' as never })).toThrow(
      new TypeError("augment must be a function of pictures and a stream, but is 'color'"),
    );
    expect(() => augmented(mlpDiscriminator({ sample: [2] }), { augment: diffAugment() })).toThrow(
      new TypeError(
        'augmented is for judges of pictures, [height, width, channels], but this one takes {"sample":[2]}',
      ),
    );
  });

  it('keeps the contract of a network', () =>
    checkNetwork(
      augmented(dcganDiscriminator({ sample: [8, 8, 1], filters: 2, classes: 3 }), { augment: diffAugment() }),
    ));
});

describe('diffAugment', () => {
  inScopes();
  const none = { color: false, translation: 0, cutout: 0 };

  it('of nothing leaves pictures as they are', () => {
    const sample = random(2).uniform([2, 4, 4, 1]);
    expect(numbers(diffAugment(none)(sample, random(1)))).toEqual(numbers(sample));
  });

  it('moves by at most an eighth of the side, to all of both sides alike', () => {
    // One white pixel in the middle of 17 x 17 moves by at most 2: 25 places, each in 4% of 2500 pictures, 100 +- 10.
    const dot = add(zeros([2500, 17, 17, 1]), dotInTheMiddle());
    const moved = numbers(diffAugment({ ...none, translation: 1 / 8 })(dot, random(1)));
    const times = Array.from({ length: 17 * 17 }, () => 0);
    for (const [i, value] of moved.entries()) if (value === 1) times[i % (17 * 17)]!++;
    const places = times.flatMap((count, at) => (count > 0 ? [[Math.floor(at / 17), at % 17, count] as const] : []));
    expect(places.length).toBe(25);
    for (const [y, x, count] of places) {
      expect(Math.max(Math.abs(y - 8), Math.abs(x - 8))).toBeLessThanOrEqual(2);
      expect(Math.abs(count - 100)).toBeLessThan(50);
    }
  });

  it('cuts out at most a square of half the side, and at least a quarter of it at a corner', () => {
    const kept = numbers(diffAugment({ ...none, cutout: 1 / 2 })(ones([300, 8, 8, 1]), random(1)));
    const gone = Array.from({ length: 300 }, (_, k) => kept.slice(64 * k, 64 * (k + 1)).filter((v) => v === 0).length);
    expect(Math.max(...gone)).toBe(16);
    expect(Math.min(...gone)).toBe(4);
  });

  it('changes the colours of each picture on its own, and no grey picture by saturation or contrast', () => {
    const grey = numbers(diffAugment({ ...none, color: true })(mul(ones([2, 2, 2, 3]), 0.25), random(1)));
    expect(new Set(grey.map((value) => value.toFixed(5))).size).toBe(2);
    for (const value of grey) expect(Math.abs(value - 0.25)).toBeLessThan(0.5 + 1e-6);
  });

  it('refuses a share that is none, and samples that are no pictures', () => {
    expect(() => diffAugment({ cutout: 2 })).toThrow(new TypeError('cutout must lie in [0, 1], but is 2'));
    expect(() => diffAugment({ translation: -1 })).toThrow(new TypeError('translation must lie in [0, 1], but is -1'));
    expect(() => diffAugment({ color: 1 as never })).toThrow(new TypeError('color must be true or false, but is 1'));
    expect(() => diffAugment()(zeros([2, 3]), random(1))).toThrow(
      new TypeError('diffAugment is for pictures, [height, width, channels], but a sample has shape [3]'),
    );
  });
});

const dotInTheMiddle = (): Tensor => {
  const values = new Float32Array(17 * 17);
  values[8 * 17 + 8] = 1;
  return tensor4d(values, [1, 17, 17, 1]);
};
