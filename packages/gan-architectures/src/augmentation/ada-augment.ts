import { assertKnownOptions, assertOneOf, type Random, shown, untaped } from '@gan/core';
import { scalar, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { assertShare } from '../layers/option-check.js';
import { product } from './affine.js';
import { type Augment, assertPictures } from './augment.js';
import type { Chance } from './chance.js';
import { filtered } from './filtered.js';
import { holed } from './holed.js';
import { noised } from './noised.js';
import { blitting, geometry } from './placements.js';
import { recolored } from './recolored.js';
import { warped } from './warped.js';

const known = ['blit', 'geometry', 'color', 'filter', 'noise', 'cutout'] as const;

/** A group of transformations of ADA. */
export type AdaTransform = (typeof known)[number];

/** Options of `adaAugment`. */
export interface AdaAugmentOptions {
  /** With which each transformation happens to a picture, in [0, 1]. */
  readonly probability: number;
  /** `blit`, `geometry` and `color` unless said, which is what the paper trains with. */
  readonly transforms?: readonly AdaTransform[];
}

/** @throws TypeError unless it is a list of at least one group of transformations. */
export function assertTransforms(transforms: readonly AdaTransform[]): void {
  if (!Array.isArray(transforms) || transforms.length === 0)
    throw new TypeError(
      `transforms must be a list of at least one of ${known.join(', ')}, but is ${shown(transforms)}`,
    );
  for (const transform of transforms) assertOneOf('a transform', transform, known);
}

/** What ADA trains with unless said. */
export const usualTransforms: readonly AdaTransform[] = ['blit', 'geometry', 'color'];

/**
 * The pipeline of ADA: up to 18 transformations, each with the same probability, in the order of the paper, whatever the
 * order of `transforms`: whole-pixel moves, turns and mirroring (`blit`), scaling, turns and moves (`geometry`), all of
 * them at once; colours (`color`); the weight of bands of frequencies (`filter`); noise (`noise`); and a hole (`cutout`).
 *
 * @param pictures In [-1, 1], `[batch, height, width, channels]`; what comes out may leave it.
 */
export function adaPipeline(
  pictures: Tensor4D,
  { transforms, probability, random }: { readonly transforms: readonly AdaTransform[] } & Omit<Chance, 'batch'>,
): Tensor4D {
  const [batch, height, width] = pictures.shape;
  const chance = (transform: AdaTransform): Chance => ({ batch, probability, random: random.stream(transform) });
  const has = (transform: AdaTransform): boolean => transforms.includes(transform);
  const sides = { height, width };
  let seen = pictures;
  if (has('blit') || has('geometry'))
    seen = warped(
      pictures,
      untaped(() =>
        product([
          ...(has('blit') ? [blitting(chance('blit'), sides)] : []),
          ...(has('geometry') ? [geometry(chance('geometry'), sides)] : []),
        ]),
      ),
    );
  if (has('color')) seen = recolored(seen, chance('color'));
  if (has('filter')) seen = filtered(seen, chance('filter'));
  if (has('noise')) seen = noised(seen, chance('noise'));
  if (has('cutout')) seen = holed(seen, chance('cutout'));
  return seen;
}

/**
 * The augmentation of ADA with a fixed probability, for `augmented` and for `consistency` in `@gan/losses`. With that of a
 * controller: `adaptiveAugmentation`.
 *
 * @returns A function of `[batch, height, width, channels]` and a stream; differentiable to any order.
 * @throws TypeError if the probability is not in [0, 1] or a transform is none; when it is used, if samples are not
 *   pictures, or not of 1 or 3 channels where colours are transformed.
 * @see Karras et al. (2020), arXiv:2006.06676, section 2.2 and appendix B.
 */
export function adaAugment(options: AdaAugmentOptions): Augment {
  assertKnownOptions('adaAugment', options, ['probability', 'transforms']);
  const { probability, transforms = usualTransforms } = options;
  assertShare('probability', probability);
  assertTransforms(transforms);
  return (samples: Tensor, random: Random) => {
    assertPictures('adaAugment', samples);
    return tidy(() => adaPipeline(samples, { transforms, probability: scalar(probability), random }));
  };
}
