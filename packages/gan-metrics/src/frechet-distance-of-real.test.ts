import { random } from '@gan/core';
import { checkMetric } from '@gan/core/testing';
import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataset, evidence, plain, type Rows } from './evidence.fixture.js';
import { frechetDistanceOfHalves } from './frechet-distance-of-halves.js';
import { frechetDistanceOfReal } from './frechet-distance-of-real.js';

const real: Rows = {
  sample: Array.from({ length: 12 }, (_, i) => [i % 5, (i * i) % 7]),
  classes: Array.from({ length: 12 }, (_, i) => i % 3),
};

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => {
  expect(memory().numTensors).toBe(before);
});

describe('frechetDistanceOfReal', () => {
  it('is the distance between halves of the real samples, class by class, whatever was generated', async () => {
    const metric = frechetDistanceOfReal({ extractor: plain(2), samples: 12 });
    const wanted = frechetDistanceOfHalves({
      rows: Float32Array.from(real.sample!.flat()),
      width: 2,
      classes: real.classes!,
      random: random(0),
    });
    expect(wanted).toBeGreaterThan(0);
    expect(await metric.measure(evidence(real, real))).toBe(wanted);
    expect(await metric.measure(evidence(real, { sample: [[9, 9]] }))).toBe(wanted);
  });

  it('takes samples without classes for one class', async () => {
    const { sample } = real;
    const metric = frechetDistanceOfReal({ extractor: plain(2), samples: 12 });
    const wanted = frechetDistanceOfHalves({
      rows: Float32Array.from(sample!.flat()),
      width: 2,
      classes: new Int32Array(12),
      random: random(0),
    });
    expect(await metric.measure(evidence({ sample: sample! }, real))).toBe(wanted);
  });

  it('keeps the contract of a metric', async () => {
    await checkMetric(frechetDistanceOfReal({ extractor: plain(2), samples: 12 }), {
      real: dataset(real),
      fake: dataset(real),
    });
  });

  it('refuses too few samples', () => {
    expect(() => frechetDistanceOfReal({ extractor: plain(2), samples: 3 })).toThrow(
      new TypeError('samples must be a whole number of at least 4, but is 3'),
    );
  });
});
