import { assertKnownOptions, shown } from '@gan/core';
import { tidy } from '@tensorflow/tfjs-core';
import { assertShare } from '../layers/option-check.js';
import { type Augment, assertPictures } from './augment.js';
import { colorJittered } from './color-jitter.js';
import { cutOut } from './cut-out.js';
import { translated } from './translated.js';

/** Options of `diffAugment`. */
export interface DiffAugmentOptions {
  /** Whether brightness, saturation and contrast change; true unless said. */
  readonly color?: boolean;
  /** The most that a picture moves, as a share of its side: 1/8 unless said, and 0 for none. */
  readonly translation?: number;
  /** The sides of what is cut out, as a share of the picture's: 1/2 unless said, and 0 for none. */
  readonly cutout?: number;
}

/**
 * The augmentation of DiffAugment, of pictures in [-1, 1]: colour, translation and cutout, one after the other, each
 * picture by draws of its own. It is differentiable to any order, so that a generator can learn through it:
 *
 *     augmented(dcganDiscriminator({ sample }), { augment: diffAugment() })
 *
 * The paper takes all three for 100 pictures, and for a whole data set translation and cutout or colour and cutout.
 *
 * @returns A function of `[batch, height, width, channels]` and a stream, for `augmented`, and for `consistency` in
 *   `@gan/losses`.
 * @throws TypeError if a share is not in [0, 1], or `color` is not true or false; when it is used, if samples are not
 *   pictures.
 * @see Zhao et al. (2020), arXiv:2006.10738, section 3.2 and appendix A.
 */
export function diffAugment(options: DiffAugmentOptions = {}): Augment {
  assertKnownOptions('diffAugment', options, ['color', 'translation', 'cutout']);
  const { color = true, translation = 1 / 8, cutout = 1 / 2 } = options;
  if (typeof color !== 'boolean') throw new TypeError(`color must be true or false, but is ${shown(color)}`);
  assertShare('translation', translation);
  assertShare('cutout', cutout);
  return (samples, random) => {
    assertPictures('diffAugment', samples);
    return tidy(() => {
      const colored = color ? colorJittered(samples, random.stream('color')) : samples;
      const moved = translation ? translated(colored, translation, random.stream('translation')) : colored;
      return cutout ? cutOut(moved, cutout, random.stream('cutout')) : moved;
    });
  };
}
