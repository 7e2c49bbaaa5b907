import { assertKnownOptions, beyond, type Network, type Ports, type Tensors, under, within } from '@gan/core';
import { tidy } from '@tensorflow/tfjs-core';
import { type AdaTransform, adaPipeline, assertTransforms, usualTransforms } from '../augmentation/ada-augment.js';
import { changedPictures, picturesOf } from '../augmentation/pictures-of.js';
import { type OverfittingOptions, overfittingController, overfittingOptions } from './overfitting-controller.js';

/** Options of `adaptiveAugmentation`. */
export interface AdaptiveAugmentationOptions extends OverfittingOptions {
  /** `blit`, `geometry` and `color` unless said, which is what the paper trains with; also `filter`, `noise`, `cutout`. */
  readonly transforms?: readonly AdaTransform[];
}

const prefix = 'augmentation/';

/**
 * ADA: a judge that sees all pictures augmented, real ones and fakes, with a probability p that rises while it overfits and
 * falls while it does not,
 *
 *     D(T_p(x)),   p <- p + sign(r - target) * pictures / speed,   r = mean of sign D(T_p(x)) over real x
 *
 * as in `adaptiveAugmentation(stylegan2Discriminator({ sample }))`. The objective stays as it is: the judge is told which
 * pictures are real by the game (`Mode.role`). p is state of the network, `augmentation/probability`, and r
 * `augmentation/overfitting`: saved, averaged and resumed with it.
 *
 * All inputs that are pictures are augmented by the same draws. There is no augmentation in inference. The slope that a
 * penalty such as R1 takes is that in the picture before T.
 *
 * r means something where D is above 0 for what it holds real, and below 0 for fakes: for a non-saturating, hinge or
 * least-squares judge, not for a Wasserstein critic.
 *
 * @returns A network with the ports and parameters of the judge.
 * @throws TypeError if an option is out of its range, or the judge takes no picture or has no score; when it is applied in
 *   training, if colours are transformed of pictures that have neither 1 nor 3 channels.
 * @see Karras et al. (2020), arXiv:2006.06676, sections 2.2 and 3, and appendix B.
 */
export function adaptiveAugmentation<I extends Ports, O extends Ports>(
  judge: Network<I, O>,
  options: AdaptiveAugmentationOptions = {},
): Network<I, O> {
  assertKnownOptions('adaptiveAugmentation', options, ['transforms', ...overfittingOptions]);
  const { transforms = usualTransforms } = options;
  assertTransforms(transforms);
  const pictures = picturesOf('adaptiveAugmentation', judge);
  const controller = overfittingController(judge, options);
  return {
    ...judge,
    init: (random) => {
      const { parameters, state } = judge.init(random);
      return { parameters, state: { ...state, ...under(prefix, controller.init()) } };
    },
    apply: ({ parameters, state }, inputs, mode) =>
      tidy(() => {
        const own = within(prefix, state);
        const probability = controller.probability(own);
        const seen = mode.training
          ? changedPictures(inputs, pictures, (of) =>
              adaPipeline(of, { transforms, probability, random: mode.random.stream('augmentation') }),
            )
          : inputs;
        const judged = judge.apply({ parameters, state: beyond(prefix, state) }, seen, mode);
        const count = inputs[pictures[0]!]!.shape[0]!;
        const next =
          mode.training && mode.role === 'real' ? controller.heard(own, judged.outputs as Tensors, count) : own;
        return { outputs: judged.outputs, state: { ...judged.state, ...under(prefix, next) } };
      }),
  };
}
