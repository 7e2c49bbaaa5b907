import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { model } from '@tensorflow/tfjs-layers';
import { fadedByStep } from '../../blocks/faded-by-step.js';
import { growingJudge } from '../../blocks/growing-judge.js';
import { growingConv2d, growingDown, growingLeak } from '../../blocks/growing-layers.js';
import { type Growing, growth } from '../../blocks/growth.js';
import type { JudgeOutputs } from '../../blocks/judge-score.js';
import { modelInputs } from '../../chain.js';
import { filtering } from '../../layers/filtered-resampling.js';
import { type Conditioned, conditioned } from '../../ports.js';

/** Options of `styleganDiscriminator`, named like its ports. */
export interface StyleganDiscriminatorOptions<
  S extends Shape = Shape,
  C extends number | undefined = number | undefined,
> extends Growing {
  /** `[side, side, channels]`, of a stage if it grows; the side is a power of two from 4 on. */
  readonly sample: S;
  /** How many classes there are; without it, the network takes none. */
  readonly classes?: C;
  /** How many samples are compared with each other; 4, unless said, as in the authors' code. The batch must be a multiple of it. */
  readonly group?: number;
}

/**
 * The judge of StyleGAN: that of progressive growing, whose blocks filter with [1, 2, 1] before they halve the sides, and
 * have their second leaky ReLU behind that:
 *
 *     picture -> 1 x 1 -> conv -> filter, conv, mean -> ... -> 4 x 4 -> minibatch standard deviation -> conv -> dense -> score
 *
 * It is of one size, or grows as `progressiveDiscriminator` does. With classes there is a score for each, of which the label
 * picks its own.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score`, and the `features` that it stands on.
 * @throws TypeError if the side of `sample` is no power of two from 4 on, `growsTo` none from there on, a count is none, or
 *   there is no side to fade from.
 * @see Karras et al. (2019), arXiv:1812.04948, section 2 and appendix C; Mescheder et al. (2018), arXiv:1801.04406, for
 *   classes.
 */
export function styleganDiscriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: StyleganDiscriminatorOptions<S, C>,
): Network<Conditioned<{ readonly sample: S }, C>, JudgeOutputs> {
  const known = ['sample', 'classes', 'filters', 'widest', 'growsTo', 'fade', 'group'] as const;
  assertKnownOptions('styleganDiscriminator', options, known);
  const { sample, classes, group = 4, ...growing } = options;
  const grown = growth(sample, growing);
  assertCount('group', group);
  const network = layersNetwork({
    inputs: conditioned({ sample }, classes as C),
    outputs: { score: 'linear', features: 'features' },
    model: () => {
      const given = modelInputs(sample, classes);
      const outputs = growingJudge(given, grown, group, (filters, name) => [
        filtering({ taps: 3 }),
        growingConv2d(filters, 3, name),
        growingDown(),
        growingLeak(),
      ]);
      return model({ inputs: given.inputs, outputs });
    },
  });
  return fadedByStep(network, grown.fade, `map${grown.sides.at(-1)}.fade`);
}
