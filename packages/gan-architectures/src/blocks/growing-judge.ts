import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain, flat, type ModelInputs, modelInputs } from '../chain.js';
import { equalizedDense } from '../layers/equalized-dense.js';
import { fading } from '../layers/fading.js';
import { minibatchStandardDeviation } from '../layers/minibatch-standard-deviation.js';
import { conditioned, type JudgePortOptions, type SampleInputs } from '../ports.js';
import { fadedByStep } from './faded-by-step.js';
import { growingConv2d, growingDown, growingLeak } from './growing-layers.js';
import { type Growing, type Growth, growth } from './growth.js';
import type { JudgeOutputs } from './judge-score.js';

/** Options of a judge that grows: the side of a sample, of a stage if the judge grows, is a power of two from 4 on. */
export interface GrowingJudgeOptions<S extends Shape = Shape, C extends number | undefined = number | undefined>
  extends JudgePortOptions<S, C>,
    Growing {
  /** How many samples are compared with each other; 4, unless said, as in the authors' code. The batch must be a multiple of it. */
  readonly group?: number;
}

/** In what judges that grow differ. */
export interface GrowingJudgeParts {
  /** Of the factory, for what it says of wrong options. */
  readonly name: string;
  /** The second half of a block: from a map to half the side, with so many channels. */
  readonly halved: (filters: number, name: string) => readonly layers.Layer[];
}

/**
 * The judge of progressive growing, which StyleGAN shares but for the second half of its blocks:
 *
 *     picture -> 1 x 1 -> blocks that halve the sides -> 4 x 4 -> minibatch standard deviation -> conv -> dense -> score
 *
 * While a side fades in, what its block gives goes over from what a convolution of 1 x 1 sees in the picture at half the
 * side. With classes there is a score for each, of which the label picks its own.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score`, and the `features` that it stands on.
 */
export function growingJudge<const S extends Shape, const C extends number | undefined>(
  options: GrowingJudgeOptions<S, C>,
  { name, halved }: GrowingJudgeParts,
): Network<SampleInputs<S, C>, JudgeOutputs> {
  assertKnownOptions(name, options, ['sample', 'classes', 'filters', 'widest', 'growsTo', 'fade', 'group']);
  const { sample, classes, group = 4, ...growing } = options;
  const grown = growth(sample, growing);
  assertCount('group', group);
  const network = layersNetwork({
    inputs: conditioned({ sample }, classes),
    outputs: { score: 'linear', features: 'features' },
    model: () => {
      const given = modelInputs(sample, classes);
      return model({ inputs: given.inputs, outputs: scored(given, grown, group, halved) });
    },
  });
  return fadedByStep(network, grown.fade, `map${grown.sides.at(-1)}.fade`);
}

/** The score `[batch, 1]`, and the features that it stands on. */
function scored(
  { main, label }: ModelInputs,
  { sides, filtersAt, fade }: Growth,
  group: number,
  halved: GrowingJudgeParts['halved'],
): [score: SymbolicTensor, features: SymbolicTensor] {
  const seen = (picture: SymbolicTensor, side: number): SymbolicTensor =>
    chain(picture, growingConv2d(filtersAt(side), 1, `map${side}.picture`), growingLeak());
  const down = (map: SymbolicTensor, side: number): SymbolicTensor =>
    chain(
      map,
      growingConv2d(filtersAt(side), 3, `map${side}.first`),
      growingLeak(),
      ...halved(filtersAt(side / 2), `map${side}.second`),
    );
  const [finest = 4, ...coarser] = [...sides].reverse();
  const coarse = coarser.reduce<SymbolicTensor>(
    (map, half) => {
      const coming = down(map, 2 * half);
      if (fade === 0 || 2 * half < finest) return coming;
      return chain([coming, seen(chain(main, growingDown()), half)], fading({ name: `map${finest}.fade` }));
    },
    seen(main, finest),
  );
  const features = chain(
    flat(
      chain(coarse, minibatchStandardDeviation({ group }), growingConv2d(filtersAt(4), 3, 'compared'), growingLeak()),
    ),
    equalizedDense({ units: filtersAt(2), gain: Math.SQRT2, name: 'features' }),
    growingLeak(),
  );
  const scores = chain(features, equalizedDense({ units: label?.shape[1] ?? 1, name: 'score' }));
  return [label ? chain([scores, label], layers.dot({ axes: 1 })) : scores, features];
}
