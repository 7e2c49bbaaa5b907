import { matMul, mul, type Tensor, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ids, roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { conditionalContrastive } from './conditional-contrastive.js';
import { dataToDataCrossEntropy } from './data-to-data-cross-entropy.js';

const embedding = () =>
  tensor2d([
    [1, 0],
    [0.6, 0.8],
    [0, 2],
  ]);
const proxy = () =>
  tensor2d([
    [1, 0],
    [1, 0],
    [0, 1],
  ]);
const roundOf = (embedding: Tensor, proxy: Tensor, classes: Tensor) =>
  roundOfHeads({
    real: { embedding, proxy },
    fake: { embedding, proxy },
    samples: { real: {}, fake: {}, classes },
  });
const turned = (rows: Tensor2D): Tensor =>
  matMul(
    rows,
    tensor2d([
      [0.6, 0.8],
      [-0.8, 0.6],
    ]),
  );

describe.each([
  ['conditionalContrastive', conditionalContrastive({ temperature: 0.5 })],
  ['dataToDataCrossEntropy', dataToDataCrossEntropy()],
] as const)('%s', (_, term) => {
  inScopes();
  const at = (embedding: Tensor, proxy: Tensor, ...classes: number[]) =>
    number(term.discriminator!(roundOf(embedding, proxy, ids(...classes))));

  it('is 0 where all samples are of one class', () => {
    expect(at(embedding(), proxy(), 4, 4, 4)).toBeCloseTo(0, 6);
  });

  it('sees directions alone: neither lengths nor a turn of them all', () => {
    const value = at(embedding(), proxy(), 0, 0, 1);
    expect(value).toBeGreaterThan(0.01);
    expect(at(mul(embedding(), 7), mul(proxy(), 0.25), 0, 0, 1)).toBeCloseTo(value, 5);
    expect(at(turned(embedding()), turned(proxy()), 0, 0, 1)).toBeCloseTo(value, 5);
  });

  it('plays the same for the generator, about fakes', () => {
    const round = roundOf(embedding(), proxy(), ids(0, 0, 1));
    expect(number(term.generator!(round))).toBe(number(term.discriminator!(round)));
  });

  it('holds for one sample, which has its proxy', () => {
    expect(at(tensor2d([[1, 2]]), tensor2d([[0, 1]]), 3)).toBeCloseTo(0, 6);
  });

  it('goes by the classes that samples were judged by, where these are named', () => {
    const heads = { embedding: embedding(), proxy: proxy() };
    const round = roundOfHeads({
      real: heads,
      fake: heads,
      samples: { real: { classes: ids(4, 4, 4) }, fake: {}, classes: ids(0, 0, 1) },
    });
    expect(number(term.discriminator!(round))).toBeCloseTo(0, 6);
    expect(number(term.generator!(round))).toBeGreaterThan(0.01);
  });
});

describe('conditionalContrastive', () => {
  inScopes();

  it('is log 2 for two classes where nothing is alike', () => {
    // Each sample: -log e^0 / (e^0 + e^0)
    const [a, b] = [
      tensor2d([
        [1, 0, 0, 0],
        [0, 1, 0, 0],
      ]),
      tensor2d([
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ]),
    ];
    expect(number(conditionalContrastive().discriminator!(roundOf(a, b, ids(0, 1))))).toBeCloseTo(Math.LN2, 6);
  });

  it('is finite at any temperature', () => {
    const { discriminator } = conditionalContrastive({ temperature: 1e-3 });
    // The nearest of another class is 0.8 away: (0.8 - 0) / 0.001 against a proxy at right angles.
    const value = number(
      discriminator!(
        roundOf(
          tensor2d([
            [1, 0],
            [0.8, 0.6],
          ]),
          tensor2d([
            [0, 1],
            [0, 1],
          ]),
          ids(0, 1),
        ),
      ),
    );
    // 800 and 200 nats
    expect(value).toBeCloseTo(500, 2);
  });

  it.each([0, -1, Number.NaN])('refuses a temperature of %s', (temperature) => {
    expect(() => conditionalContrastive({ temperature })).toThrow(
      new TypeError(`temperature must be a positive finite number, but is ${String(temperature)}`),
    );
  });
});

describe('dataToDataCrossEntropy', () => {
  inScopes();

  it('pulls no more at what is near enough to its class and far enough from others', () => {
    const [one, other] = [
      tensor2d([
        [1, 0, 0],
        [0, 1, 0],
      ]),
      tensor2d([
        [1, 0, 0],
        [0, 1, 0],
      ]),
    ];
    const value = () => dataToDataCrossEntropy().discriminator!(roundOf(one, other, ids(0, 1)));
    // Each: -log 1 / (1 + 1)
    expect(number(value())).toBeCloseTo(Math.LN2, 6);
    for (const slope of gradientsOf(value, [one, other]).flatMap(numbers)) expect(Math.abs(slope)).toBe(0);
  });

  it.each([
    [{ near: 1.5 }, 'near must be a cosine in (0, 1], but is 1.5'],
    [{ near: 0.5, far: 0.75 }, 'far must be a cosine of at least -1 and less than near, 0.5, but is 0.75'],
    [{ temperature: -1 }, 'temperature must be a positive finite number, but is -1'],
  ])('refuses %o', (options, sentence) => {
    expect(() => dataToDataCrossEntropy(options)).toThrow(new TypeError(sentence));
  });
});
