import { type Dataset, type Evidence, evaluate, type Metric, random, type Tensors } from '@gan/core';
import {
  type Classifier,
  classAgreement,
  frechetDistance,
  nearestTrainingDistance,
  withinClassVariance,
} from '@gan/metrics';
import type { DigitTraining } from './digit-game.js';
import { interruptible } from './interruptible.js';
import { meanProbability } from './mean-probability.js';
import { halvesOf, type RealDigits } from './real-digits.js';

/** How good the digits of one set of weights are. */
export interface Quality {
  /** Fréchet distance to as many real digits, over the features of a digit classifier. */
  readonly frechet: number;
  /** The share of digits that the classifier takes for the class asked for. */
  readonly classAgreement: number;
  /** The variance of features within a class, over that of real digits. */
  readonly withinClassVariance: number;
  /** The mean distance, pixel by pixel, to the nearest training digit. */
  readonly nearestTraining: number;
}

/** The same numbers of real digits: what there is to reach. */
export interface Reference {
  /** The mean Fréchet distance between random class-stratified halves. */
  readonly frechetHalves: number;
  /** The mean distance of held-out digits to the nearest training digit. */
  readonly nearestHeldOut: number;
}

/** What it takes to measure. */
export interface Gauge {
  readonly real: RealDigits;
  readonly classifier: Classifier;
  /** How many digits are compared with as many real ones. */
  readonly samples: number;
  readonly seed: number;
  /** Ends a measurement within a batch. */
  readonly signal: AbortSignal;
}

/** Real halves are few thousand digits each: five splits tell their mean distance to some percent. */
const SPLITS = 5;

/** Looking for neighbours takes products with every training digit, in one go that no signal ends: a fifth tells the mean. */
const neighbours = (samples: number): number => Math.ceil(samples / 5);

/** As many digits as a judge is asked about. */
const JUDGED = 1000;

/** A metric's number in what `evaluate` returns. */
const numberOf = (values: Readonly<Record<string, number>>, { name }: Metric): number => values[name]!;

/** Measures what the generator makes with its averaged or its raw weights. */
export async function quality(
  training: DigitTraining,
  weights: 'averaged' | 'raw',
  { real, classifier, samples, seed, signal }: Gauge,
): Promise<Quality> {
  const generator = training.network('generator', { weights });
  const frechet = frechetDistance({ extractor: classifier, samples });
  const agreement = classAgreement({ classifier, samples });
  const variance = withinClassVariance({ extractor: classifier, samples });
  const nearest = nearestTrainingDistance({
    samples: neighbours(samples),
    training: interruptible(real.training, signal),
  });
  const values = await evaluate(generator, {
    data: interruptible(real.all, signal),
    metrics: [frechet, agreement, variance, nearest],
    seed,
  });
  signal.throwIfAborted();
  return {
    frechet: numberOf(values, frechet),
    classAgreement: numberOf(values, agreement),
    withinClassVariance: numberOf(values, variance),
    nearestTraining: numberOf(values, nearest),
  };
}

/** Measures real digits against real digits. */
export async function reference({ real, classifier, samples, signal }: Gauge): Promise<Reference> {
  const frechet = frechetDistance({ extractor: classifier, samples });
  const splits: number[] = [];
  for (let split = 0; split < SPLITS; split++) {
    const [left, right] = halvesOf(real.all, samples, split);
    splits.push(await frechet.measure(between(interruptible(left, signal), interruptible(right, signal))));
  }
  const nearest = nearestTrainingDistance({
    samples: Math.min(real.heldOut.size, neighbours(samples)),
    training: interruptible(real.training, signal),
  });
  const nearestHeldOut = await nearest.measure(between(real.training, interruptible(real.heldOut, signal)));
  signal.throwIfAborted();
  return { frechetHalves: splits.reduce((sum, distance) => sum + distance, 0) / SPLITS, nearestHeldOut };
}

/** What the discriminator says of real digits and of fakes, on average. */
export async function verdict(
  training: DigitTraining,
  { real, samples, seed, signal }: Gauge,
  batchSize: number,
): Promise<{ readonly real: number; readonly fake: number }> {
  const judge = training.network('discriminator');
  const count = Math.floor(Math.min(samples, JUDGED) / batchSize) * batchSize || batchSize;
  const ofReal = meanProbability({ judge, of: 'real', samples: count });
  const ofFake = meanProbability({ judge, of: 'fake', samples: count });
  const values = await evaluate(training.network('generator', { weights: 'raw' }), {
    data: interruptible(real.training, signal),
    metrics: [ofReal, ofFake],
    seed,
    batchSize,
  });
  return { real: numberOf(values, ofReal), fake: numberOf(values, ofFake) };
}

/** Lets a metric compare two data sets, the second in the place of what was generated. */
function between(real: Dataset, other: Dataset): Evidence {
  const whole = (data: Dataset) =>
    async function* (count: number): AsyncGenerator<Tensors> {
      yield await data.batch({ index: 0, size: count, random: random(0) });
    };
  return { real: whole(real), fake: whole(other) };
}
