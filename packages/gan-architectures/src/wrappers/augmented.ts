import { assertKnownOptions, type Network, type Ports, shown } from '@gan/core';
import { tidy } from '@tensorflow/tfjs-core';
import type { Augment } from '../augmentation/augment.js';
import { changedPictures, picturesOf } from '../augmentation/pictures-of.js';

/** Options of `augmented`. */
export interface AugmentedOptions {
  /** What is done to pictures: `diffAugment()`, or a function of one's own of pictures and a stream. */
  readonly augment: Augment;
}

/**
 * A judge that sees all pictures augmented, real ones and fakes, when it learns and when the generator does,
 *
 *     D(T(x)),    T drawn for each picture
 *
 * as in `augmented(dcganDiscriminator({ sample }), { augment: diffAugment() })`. Few pictures then last longer before a
 * judge knows them by heart, and no augmentation leaks into the fakes as long as T, on the whole, can be undone. The slope
 * that a penalty such as R1 takes is that in the picture before T.
 *
 * All inputs that are pictures are augmented, from the same stream: where they have one size, they are in the same way.
 * There is no augmentation in inference.
 *
 * @returns A network with the ports and weights of the judge.
 * @throws TypeError if `augment` is not a function or the judge takes no picture; when it is applied in training, if
 *   `augment` changes the shape.
 * @see Zhao et al. (2020), arXiv:2006.10738, section 3.2.
 */
export function augmented<I extends Ports, O extends Ports>(
  judge: Network<I, O>,
  options: AugmentedOptions,
): Network<I, O> {
  assertKnownOptions('augmented', options, ['augment']);
  const { augment } = options;
  if (typeof augment !== 'function')
    throw new TypeError(`augment must be a function of pictures and a stream, but is ${shown(augment)}`);
  const pictures = picturesOf('augmented', judge);
  return {
    ...judge,
    apply: (weights, inputs, mode) => {
      if (!mode.training) return judge.apply(weights, inputs, mode);
      const draws = () => mode.random.stream('augmented');
      return tidy(() =>
        judge.apply(
          weights,
          changedPictures(inputs, pictures, (of) => augment(of, draws())),
          mode,
        ),
      );
    },
  };
}
