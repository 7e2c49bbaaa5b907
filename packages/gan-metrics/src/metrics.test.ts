import { checkMetric } from '@gan/core/testing';
import { memory, mul, type Tensor } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classAgreement } from './class-agreement.js';
import { dataset, evidence, largest, plain, type Rows } from './evidence.fixture.js';
import { frechetDistance } from './frechet-distance.js';
import { highQualityShare, modesCovered, reverseKL } from './mode-metrics.js';
import { nearestTrainingDistance } from './nearest-training-distance.js';
import { withinClassVariance } from './within-class-variance.js';

const real: Rows = {
  sample: [
    [0, 0],
    [2, 0],
    [0, 2],
    [2, 2],
  ],
  classes: [0, 0, 1, 1],
};
const fake: Rows = {
  sample: [
    [1, 0],
    [2, 0],
    [1, 4],
    [2, 4],
  ],
  classes: [0, 1, 1, 1],
};
const two = {
  centres: [
    [0, 0],
    [2, 0],
  ],
  deviation: 0.1,
};

let before = 0;
beforeEach(() => {
  before = memory().numTensors;
});
afterEach(() => {
  expect(memory().numTensors).toBe(before);
});

describe('frechetDistance', () => {
  it('is the distance between the features of real and generated samples', async () => {
    // Means (1, 1) and (1.5, 2); variances 4/3, 4/3 and 1/3, 16/3, no covariance:
    // 0.25 + 1 + (sqrt(4/3) - sqrt(1/3))^2 + (sqrt(16/3) - sqrt(4/3))^2 = 1.25 + 1/3 + 4/3
    const metric = frechetDistance({ extractor: plain(2), samples: 4 });
    expect(await metric.measure(evidence(real, fake))).toBeCloseTo(1.25 + 5 / 3, 12);
  });

  it('says its protocol', () => {
    const { name, direction, protocol } = frechetDistance({ extractor: plain(2), samples: 4 });
    expect({ name, direction, protocol }).toEqual({
      name: 'frechet-distance/plain',
      direction: 'lower',
      protocol: { samples: 4, extractor: { name: 'plain', hash: '00' } },
    });
  });

  it('refuses too few samples, samples of another shape and features that are not finite', async () => {
    expect(() => frechetDistance({ extractor: plain(2), samples: 1 })).toThrow(
      new TypeError('samples must be a whole number of at least 2, but is 1'),
    );
    await expect(frechetDistance({ extractor: plain(3), samples: 4 }).measure(evidence(real, fake))).rejects.toThrow(
      new TypeError("'plain' takes samples of shape ['batch', 3], but was given [3, 2]"),
    );
    const broken = {
      sample: [
        [0, 1],
        [Number.NaN, 1],
      ],
    };
    await expect(frechetDistance({ extractor: plain(2), samples: 2 }).measure(evidence(real, broken))).rejects.toThrow(
      new TypeError("features of 'plain' must be finite, but number 0 of row 1 is NaN"),
    );
  });

  it('refuses evidence that is not as much as it asked for, or has no samples', async () => {
    const metric = frechetDistance({ extractor: plain(2), samples: 5 });
    await expect(metric.measure(evidence(real, fake))).rejects.toThrow(
      new TypeError('5 real samples were asked for, but 4 came'),
    );
    const lavish = { ...evidence(real, fake), real: () => evidence(real, fake).real(4) };
    await expect(frechetDistance({ extractor: plain(2), samples: 2 }).measure(lavish)).rejects.toThrow(
      new TypeError('2 real samples were asked for, but 3 and more came'),
    );
    async function* nameless() {
      yield {};
    }
    await expect(metric.measure({ real: nameless, fake: nameless })).rejects.toThrow(
      new TypeError("real batches must have 'sample', but have none"),
    );
  });
});

describe('the metrics of mode coverage', () => {
  it('are the figures of modeCoverage, of generated points', async () => {
    // (2, 0) is a centre, the other three are a whole unit or more from both: 1 of 2 modes, 1 of 4 points, log 2.
    const shown = evidence(real, fake);
    expect(await modesCovered({ ...two, samples: 4 }).measure(shown)).toBe(1);
    expect(await highQualityShare({ ...two, samples: 4 }).measure(shown)).toBe(0.25);
    expect(await reverseKL({ ...two, samples: 4 }).measure(shown)).toBeCloseTo(Math.log(2), 14);
  });

  it('look at 2,500 points unless told otherwise', () => {
    // VEEGAN's and PacGAN's number.
    expect([modesCovered, highQualityShare, reverseKL].map((metric) => metric(two).protocol.samples)).toEqual([
      2500, 2500, 2500,
    ]);
    expect([modesCovered, highQualityShare, reverseKL].map((metric) => metric(two).direction)).toEqual([
      'higher',
      'higher',
      'lower',
    ]);
  });

  it('refuse what are no points', async () => {
    const points = { sample: [[0, 0, 0]] };
    await expect(modesCovered({ ...two, samples: 1 }).measure(evidence(points, points))).rejects.toThrow(
      new TypeError('points must have 2 numbers like the centres, but point 0 has 3'),
    );
    expect(() => modesCovered({ ...two, samples: 0 })).toThrow(
      new TypeError('samples must be a whole number of at least 1, but is 0'),
    );
    expect(() => modesCovered({ centres: [[0]], deviation: -1 })).toThrow(
      new TypeError('deviation must be a positive finite number, but is -1'),
    );
  });
});

describe('classAgreement', () => {
  it('is the share of generated samples taken for the class they were asked to be', async () => {
    // The largest of (1, 0), (2, 0), (1, 4), (2, 4) are 0, 0, 1, 1; asked for were 0, 1, 1, 1.
    const metric = classAgreement({ classifier: largest(2), samples: 4 });
    expect(await metric.measure(evidence(real, fake))).toBe(0.75);
  });

  it('refuses samples made under no class', async () => {
    const metric = classAgreement({ classifier: largest(2), samples: 4 });
    await expect(metric.measure(evidence(real, { sample: fake.sample }))).rejects.toThrow(
      new TypeError("fake batches must have 'classes', but have 'sample'"),
    );
  });
});

describe('nearestTrainingDistance', () => {
  it('is the mean distance to the nearest training sample', async () => {
    // (1, 0) is 1 from (0, 0); (2, 0) is itself; (1, 4) is sqrt(1 + 4) and (2, 4) is 2 from the nearest.
    const metric = nearestTrainingDistance({ samples: 4, training: dataset(real) });
    expect(await metric.measure(evidence(real, fake))).toBeCloseTo((1 + 0 + Math.sqrt(5) + 2) / 4, 12);
  });

  it('is between features where there is an extractor', async () => {
    const doubled = { ...plain(2), extract: (samples: Tensor) => mul(samples, 2), name: 'doubled' };
    const metric = nearestTrainingDistance({ samples: 4, training: dataset(real), extractor: doubled });
    expect(metric.name).toBe('nearest-training-distance/doubled');
    expect(await metric.measure(evidence(real, fake))).toBeCloseTo((2 * (3 + Math.sqrt(5))) / 4, 12);
  });

  it('looks through all of a training set that is no whole number of batches', async () => {
    // 150 samples on a line; the last is nearest to 149.25.
    const line = { sample: Array.from({ length: 150 }, (_, i) => [i]) };
    const metric = nearestTrainingDistance({ samples: 1, training: dataset(line) });
    expect(await metric.measure(evidence(line, { sample: [[149.25]] }))).toBe(0.25);
  });

  it('refuses samples of another size, and a training set without end', async () => {
    const metric = nearestTrainingDistance({ samples: 1, training: dataset(real) });
    await expect(metric.measure(evidence(real, { sample: [[1, 2, 3, 4]] }))).rejects.toThrow(
      new TypeError('generated samples of 4 numbers do not compare with training samples of 2'),
    );
    expect(() =>
      nearestTrainingDistance({ samples: 1, training: { ...dataset(real), size: Number.POSITIVE_INFINITY } }),
    ).toThrow(new TypeError('training.size must be a whole number of at least 1, but is Infinity'));
  });
});

describe('withinClassVariance', () => {
  it('is the variance of features within a class, generated over real', async () => {
    // Real: both classes (2, 0) apart along one axis: variances 2 and 0, mean 1.
    // Generated: (2, 0), (1, 4), (2, 4) are of class 1: variances 1/3 and 16/3; a single one of class 0 does not count.
    const metric = withinClassVariance({ extractor: plain(2), samples: 4 });
    expect(await metric.measure(evidence(real, fake))).toBeCloseTo((1 / 3 + 16 / 3) / 2 / 1, 12);
  });

  it('is 1 for real samples and 0 for one sample a class', async () => {
    const metric = withinClassVariance({ extractor: plain(2), samples: 4 });
    expect(await metric.measure(evidence(real, real))).toBe(1);
    const collapsed = {
      sample: [
        [0, 1],
        [0, 1],
        [5, 5],
        [5, 5],
      ],
      classes: [0, 0, 1, 1],
    };
    expect(await metric.measure(evidence(real, collapsed))).toBe(0);
  });

  it('refuses sets without two samples of a class on both sides', async () => {
    const metric = withinClassVariance({ extractor: plain(2), samples: 2 });
    const apart = {
      sample: [
        [0, 0],
        [1, 1],
      ],
      classes: [0, 1],
    };
    await expect(metric.measure(evidence(real, apart))).rejects.toThrow(
      new TypeError('no class has two samples among 2 real and 2 fake ones'),
    );
  });
});

it('every metric keeps the contract', async () => {
  const spread = (salt: number): Rows => ({
    sample: Array.from({ length: 40 }, (_, i) => [((i * 37 + salt) % 41) / 41, ((i * i + salt) % 43) / 43]),
    classes: Array.from({ length: 40 }, (_, i) => i % 2),
  });
  const sets = { real: dataset(spread(3)), fake: dataset(spread(11)) };
  const extractor = plain(2);
  for (const metric of [
    frechetDistance({ extractor, samples: 40 }),
    withinClassVariance({ extractor, samples: 40 }),
    classAgreement({ classifier: largest(2), samples: 40 }),
    nearestTrainingDistance({ samples: 40, training: sets.real, extractor }),
    modesCovered({ ...two, deviation: 0.3, samples: 40 }),
    highQualityShare({ ...two, deviation: 0.3, samples: 40 }),
    reverseKL({ ...two, deviation: 0.3, samples: 40 }),
  ])
    await checkMetric(metric, sets);
});
