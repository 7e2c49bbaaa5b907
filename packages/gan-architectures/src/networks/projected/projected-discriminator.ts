import { assertKnownOptions, type Network, type Shape, type Tensors, type Weights } from '@gan/core';
import { tidy } from '@tensorflow/tfjs-core';
import { projectedJudges } from './projected-judges.js';
import { projectedShape } from './projected-shape.js';

/** Options of `projectedDiscriminator`. */
export interface ProjectedDiscriminatorOptions<S extends Shape = Shape> {
  /**
   * A trained network that gives square maps of a sample, finest first, each of half the sides of the one before:
   * `featureMaps(model, names)`, or any other. It stays as it is.
   */
  readonly features: Network<{ readonly sample: S }, Readonly<Record<string, Shape>>>;
  /** Channels of the finest map after mixing, doubled for each that is coarser; 64, unless said, as in the paper. */
  readonly channels?: number;
  /** The most channels of a judge; 512, unless said, as in the authors' program. */
  readonly filters?: number;
}

const prefix = 'features/';

/**
 * The judge of Projected GAN: it looks at samples through a network that was trained on something else, whose maps are mixed by
 * convolutions that stay as they are drawn, and has a small judge for each map,
 *
 *     x_l = 1 x 1(map_l);    y_L = 1 x 1(up(x_L)),    y_l = 1 x 1(up(y_(l+1) + x_l));    score_l = judge_l(y_l)
 *
 * up doubles the sides by straight lines. A judge halves the sides of its map down to about 8, each time by a convolution of
 * 4 x 4 with stride 2, batch norm and leaky ReLU of 0.2, and scores what each 4 x 4 places of the rest show; spectral norm on
 * all. The network, and what mixes its maps, is state: no optimiser changes it, and checkpoints have it. Samples come as
 * the network wants them: its range of numbers and its sides are those of the game.
 *
 * An adversarial term takes the mean of its scores, which is that of each judge's where all score as many places. The paper plays
 * hinge, without penalties, behind `augmented(..., { augment: diffAugment() })`.
 *
 * @returns A network that takes `sample`, and gives a linear `score` `[batch, places, 1]`, those of the finest map first.
 * @throws TypeError if the features are no such maps, or a count is none.
 * @see Sauer et al. (2021), arXiv:2111.01007, section 3.2, and the authors' program for sizes.
 */
export function projectedDiscriminator<S extends Shape>(
  options: ProjectedDiscriminatorOptions<S>,
): Network<{ readonly sample: S }, { readonly score: 'linear' }> {
  assertKnownOptions('projectedDiscriminator', options, ['features', 'channels', 'filters']);
  const { features, channels = 64, filters = 512 } = options;
  const judges = projectedJudges(projectedShape(features.outputs, channels, filters));
  const named = (tensors: Tensors): Tensors =>
    Object.fromEntries(Object.entries(tensors).map(([name, one]) => [prefix + name, one]));
  return {
    inputs: features.inputs,
    outputs: { score: 'linear' },
    init: (random) => {
      const frozen = features.init(random.stream('features'));
      const { parameters, state } = judges.init(random.stream('judges'));
      return { parameters, state: { ...state, ...named({ ...frozen.parameters, ...frozen.state }) } };
    },
    apply: ({ parameters, state }, { sample }, mode) =>
      tidy(() => {
        const [own, frozen] = apart(state);
        const look = { training: false, random: mode.random.stream('features') };
        const maps = features.apply({ parameters: frozen, state: frozen }, { sample: sample! }, look).outputs;
        const judged = judges.apply({ parameters, state: own }, maps, mode);
        return { outputs: { score: judged.outputs.score }, state: { ...state, ...judged.state } };
      }),
  };
}

/** The state of the judges, and the weights of the features. */
function apart(state: Weights['state']): readonly [own: Tensors, frozen: Tensors] {
  const entries = Object.entries(state);
  const frozen = entries.filter(([name]) => name.startsWith(prefix));
  return [
    Object.fromEntries(entries.filter(([name]) => !name.startsWith(prefix))),
    Object.fromEntries(frozen.map(([name, one]) => [name.slice(prefix.length), one])),
  ];
}
