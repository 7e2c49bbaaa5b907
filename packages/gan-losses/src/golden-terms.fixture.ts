import type { AnyTerm, Tensors } from '@gan/core';
import { engine, type Tensor, tensor, zerosLike } from '@tensorflow/tfjs-core';
import adversarial from './golden/adversarial.json' with { type: 'json' };
import conditional from './golden/conditional.json' with { type: 'json' };
import { roundOfHeads } from './heads.fixture.js';
import {
  auxiliaryClassifier,
  boundaryEquilibrium,
  categoricalInformation,
  conditionalContrastive,
  continuousInformation,
  dataToDataCrossEntropy,
  dualContrastive,
  energyBased,
  fGan,
  hinge,
  jensenShannon,
  kullbackLeibler,
  leastSquares,
  maximumMeanDiscrepancy,
  minimax,
  multiHinge,
  nonSaturating,
  pearson,
  pullingAway,
  rationalQuadratic,
  relativistic,
  relativisticAverage,
  reverseKullbackLeibler,
  semiSupervised,
  softmaxGan,
  squaredHellinger,
  totalVariationDistance,
  twinAuxiliaryClassifier,
  wasserstein,
} from './index.js';

interface Stored {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
type Batch = 'real' | 'fake';
export type SideName = 'discriminator' | 'generator';
interface Played {
  readonly value: number;
  readonly real: Readonly<Record<string, readonly number[]>>;
  readonly fake: Readonly<Record<string, readonly number[]>>;
}
interface Entry {
  readonly source: string;
  readonly heads: Readonly<Record<Batch, Readonly<Record<string, Stored>>>>;
  readonly discriminator?: Played;
  readonly generator?: Played;
}

/** The terms of tools/goldens/adversarial.py and conditional.py, by name. */
export const goldenTerms: Readonly<Record<string, AnyTerm>> = {
  nonSaturating: nonSaturating(),
  minimax: minimax(),
  hinge: hinge(),
  wasserstein: wasserstein(),
  leastSquares: leastSquares(),
  leastSquaresPearson: leastSquares({ real: 1, fake: -1, generator: 0 }),
  relativistic: relativistic(),
  relativisticHinge: relativistic({ loss: 'hinge' }),
  relativisticLeastSquares: relativistic({ loss: 'least-squares' }),
  relativisticAverage: relativisticAverage(),
  relativisticAverageHinge: relativisticAverage({ loss: 'hinge' }),
  relativisticAverageLeastSquares: relativisticAverage({ loss: 'least-squares' }),
  softmaxGan: softmaxGan(),
  dualContrastive: dualContrastive(),
  fGanKullbackLeibler: fGan({ divergence: kullbackLeibler }),
  fGanReverseKullbackLeibler: fGan({ divergence: reverseKullbackLeibler }),
  fGanPearson: fGan({ divergence: pearson }),
  fGanSquaredHellinger: fGan({ divergence: squaredHellinger }),
  fGanJensenShannon: fGan({ divergence: jensenShannon }),
  fGanTotalVariation: fGan({ divergence: totalVariationDistance }),
  fGanNonSaturating: fGan({ divergence: kullbackLeibler, generator: 'non-saturating' }),
  energyBased: energyBased({ margin: 0.75 }),
  boundaryEquilibrium: boundaryEquilibrium({ start: 0.25 }),
  pullingAway: pullingAway(),
  multiHinge: multiHinge(),
  maximumMeanDiscrepancy: maximumMeanDiscrepancy(),
  maximumMeanDiscrepancyRationalQuadratic: maximumMeanDiscrepancy({ kernel: rationalQuadratic() }),
  maximumMeanDiscrepancyRepulsive: maximumMeanDiscrepancy({ judge: 'repulsive' }),
  auxiliaryClassifier: auxiliaryClassifier(),
  auxiliaryClassifierOfReal: auxiliaryClassifier({ teaches: 'real' }),
  twinAuxiliaryClassifier: twinAuxiliaryClassifier(),
  categoricalInformation: categoricalInformation(),
  continuousInformation: continuousInformation({ deviation: 0.5 }),
  continuousInformationLearned: continuousInformation({ deviation: 'learned' }),
  conditionalContrastive: conditionalContrastive({ temperature: 0.5 }),
  dataToDataCrossEntropy: dataToDataCrossEntropy(),
  semiSupervised: semiSupervised(),
};

const entries: Readonly<Record<string, Entry>> = { ...adversarial.terms, ...conditional.terms };
const looked: Readonly<Record<string, Stored>> = conditional.samples;

/** Every side that has golden values. */
export const goldenSides = Object.entries(entries).flatMap(([name, entry]) =>
  (['discriminator', 'generator'] as const).filter((side) => entry[side]).map((side) => [name, side] as const),
);

const made = ({ values, shape }: Stored, ids = false): Tensor =>
  tensor([...values], [...shape], ids ? 'int32' : 'float32');

/**
 * The largest error of a side's value and gradients in the heads, each relative to the largest number of its tensor.
 */
export function goldenError(
  name: string,
  side: SideName,
  read: (tensor: Tensor) => ArrayLike<number> = (tensor) => tensor.dataSync(),
): number {
  const [term, entry] = [goldenTerms[name]!, entries[name]!];
  const wanted = entry[side]!;
  const heads = (batch: Batch): Tensors =>
    Object.fromEntries(Object.entries(entry.heads[batch]).map(([head, stored]) => [head, made(stored)]));
  const batches = { real: heads('real'), fake: heads('fake') };
  const ids = { classes: made(looked['classes']!, true) };
  const sample = made({ shape: [1], values: [0] });
  const round = roundOfHeads({
    ...batches,
    samples: {
      real: { sample, ...ids },
      fake: ids,
      labelled: sample,
      ...ids,
      category: made(looked['category']!, true),
      code: made(looked['code']!),
    },
    state: term.init?.(undefined as never, undefined as never) ?? {},
  });
  const at = (['real', 'fake'] as const).flatMap((batch) =>
    Object.entries(batches[batch]).map(([head, tensor]) => ({ batch, head, tensor })),
  );
  const xs = at.map(({ tensor }) => tensor);
  const { value, grads } = engine().gradients(() => term[side]!(round) as never, xs, undefined, true);
  const errors = at.map(({ batch, head, tensor }, i) =>
    errorOf(read(grads[i] ?? zerosLike(tensor)), wanted[batch][head]!),
  );
  return Math.max(errorOf(read(value), [wanted.value]), ...errors);
}

/** The largest difference relative to the largest number; infinite for another number of numbers. */
export function errorOf(actual: ArrayLike<number>, wanted: readonly number[]): number {
  if (actual.length !== wanted.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(1e-3, ...wanted.map(Math.abs));
  return Math.max(...wanted.map((value, i) => Math.abs(actual[i]! - value) / scale));
}
