import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { model } from '@tensorflow/tfjs-layers';
import { fadedByStep } from '../../blocks/faded-by-step.js';
import { growingJudge } from '../../blocks/growing-judge.js';
import { growingConv2d, growingDown, growingLeak } from '../../blocks/growing-layers.js';
import { type Growing, growth } from '../../blocks/growth.js';
import type { JudgeOutputs } from '../../blocks/judge-score.js';
import { modelInputs } from '../../chain.js';
import { type Conditioned, conditioned } from '../../ports.js';

/** Options of `progressiveDiscriminator`, named like its ports. */
export interface ProgressiveDiscriminatorOptions<
  S extends Shape = Shape,
  C extends number | undefined = number | undefined,
> extends Growing {
  /** `[side, side, channels]` of a stage; the side is a power of two from 4 on. */
  readonly sample: S;
  /** How many classes there are; without it, the network takes none. */
  readonly classes?: C;
  /** How many samples are compared with each other; 4, unless said, as in the authors' code. The batch must be a multiple of it. */
  readonly group?: number;
}

/**
 * The judge of progressive growing, the mirror image of its generator: for each side from the picture's down to 8 two
 * convolutions and the means of four places, the standard deviation over groups of the batch as one more channel, a
 * convolution, and two dense layers, all with an equalised learning rate and, but the last, a leaky ReLU of 0.2:
 *
 *     picture -> 1 x 1 -> conv -> conv -> mean -> ... -> 4 x 4 -> minibatch standard deviation -> conv -> dense -> score
 *
 * With `fade`, a stage begins as the judge of half the side, which sees the picture halved, and in so many steps goes over
 * to its own. Its layers are named by side, so that a game which starts `from` that of the stage before takes what it had.
 *
 * Unlike the paper, samples are compared in groups of 4, as in the authors' code; and with classes there is a score for
 * each, of which the label picks its own, as in StyleGAN's, where the authors have an auxiliary classifier: that is
 * `withHeads` around one without classes.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score`, and the `features` that it stands on.
 * @throws TypeError if the side of `sample` is no power of two from 4 on, `growsTo` none from there on, a count is none, or
 *   there is no side to fade from.
 * @see Karras et al. (2018), arXiv:1710.10196, sections 2 to 4, table 2.
 */
export function progressiveDiscriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: ProgressiveDiscriminatorOptions<S, C>,
): Network<Conditioned<{ readonly sample: S }, C>, JudgeOutputs> {
  const known = ['sample', 'classes', 'filters', 'widest', 'growsTo', 'fade', 'group'] as const;
  assertKnownOptions('progressiveDiscriminator', options, known);
  const { sample, classes, group = 4, ...growing } = options;
  const grown = growth(sample, growing);
  assertCount('group', group);
  const network = layersNetwork({
    inputs: conditioned({ sample }, classes as C),
    outputs: { score: 'linear', features: 'features' },
    model: () => {
      const given = modelInputs(sample, classes);
      const outputs = growingJudge(given, grown, group, (filters, name) => [
        growingConv2d(filters, 3, name),
        growingLeak(),
        growingDown(),
      ]);
      return model({ inputs: given.inputs, outputs });
    },
  });
  return fadedByStep(network, grown.fade, `map${grown.sides.at(-1)}.fade`);
}
