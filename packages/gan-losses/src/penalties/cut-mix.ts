import { assertKnownOptions, assertNotNegative, defineTerm, type Random, shown, untaped } from '@gan/core';
import {
  add,
  cast,
  div,
  equal,
  floor,
  greaterEqual,
  less,
  logicalAnd,
  mean,
  mul,
  range,
  reshape,
  softplus,
  sqrt,
  square,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';

/** Options of `cutMix`. */
export interface CutMixOptions {
  /** Strength of what the judge says of a mixed picture, 1 in the paper; 1 unless said. */
  readonly augmentation?: number;
  /** Strength of the consistency of its pixels, lambda in the paper, where it is 1; 1 unless said. */
  readonly consistency?: number;
}

/**
 * CutMix for a judge of pictures and pixels: with M a rectangle, 1 where the mixed picture is real and 0 where it is fake,
 *
 *     mixed = M x + (1 - M) G(z)
 *     augmentation * (mean softplus(score(mixed)) + mean cross entropy(pixels(mixed), M))
 *         + consistency * mean (pixels(mixed) - M pixels(x) - (1 - M) pixels(G(z)))^2
 *
 * so that a mixed picture is a fake whose real pixels are real, and pixels are judged alike whatever is around them. Each
 * picture has a rectangle of its own: its share of the picture is uniform in [0, 1], its middle anywhere, what lies outside
 * is cut off, and either side of it may be the real one. The paper brings it in over time: `scheduled(step => ..., cutMix())`.
 *
 * Unlike the authors' program, where a batch is mixed with a probability, it is so in every step that the term plays in.
 *
 * @returns A term for the judge alone, which reads a linear `score` and linear `pixels` `[batch, height, width, 1]`.
 * @throws TypeError if a strength is negative, or both are 0; when it is played, if `pixels` has not the sides of a picture.
 * @see Schönfeld, Schiele, Khoreva (2020), arXiv:2002.12655, section 3.2; Yun et al. (2019), arXiv:1905.04899, for CutMix.
 */
export function cutMix(options: CutMixOptions = {}) {
  assertKnownOptions('cutMix', options, ['augmentation', 'consistency']);
  const { augmentation = 1, consistency = 1 } = options;
  assertNotNegative('augmentation', augmentation);
  assertNotNegative('consistency', consistency);
  if (augmentation === 0 && consistency === 0)
    throw new TypeError('cutMix has nothing to do where augmentation and consistency are both 0');
  return defineTerm({
    name: 'cut-mix',
    reads: { score: 'linear', pixels: 'linear' },
    discriminator: ({ real, fake, samples, judge, random }) => {
      const [left, right] = [samples.real['sample']!, samples.fake['sample']!];
      if (left.rank !== 4)
        throw new TypeError(`cutMix mixes pictures, but a sample has shape ${left.shape.slice(1).join('x')}`);
      const mask = untaped(() => masks(left.shape, random));
      const mix = (one: Tensor, other: Tensor): Tensor => add(mul(mask, one), mul(sub(1, mask), other));
      const mixed = judge({ ...samples.real, sample: mix(left, right) });
      if (String(mixed.pixels.shape) !== String(mask.shape))
        throw new TypeError(
          `cutMix wants a score for each pixel, ${shown(mask.shape)}, but has pixels of ${shown(mixed.pixels.shape)}`,
        );
      // The cross entropy of a score s with m is softplus(s) - m s.
      const opinion = () =>
        add(mean(softplus(mixed.score)), mean(sub(softplus(mixed.pixels), mul(mask, mixed.pixels))));
      const gap = () => mean(square(sub(mixed.pixels, mix(real.pixels, fake.pixels))));
      if (consistency === 0) return mul(opinion(), augmentation);
      if (augmentation === 0) return mul(gap(), consistency);
      return add(mul(opinion(), augmentation), mul(gap(), consistency));
    },
  });
}

/** A rectangle for each picture, `[batch, height, width, 1]`. */
function masks([batch = 1, height = 1, width = 1]: readonly number[], random: Random): Tensor {
  const share = sqrt(random.stream('share').uniform([batch, 1]));
  /** Where the rectangle reaches along one axis, `[batch, side]`. */
  const reach = (axis: string, side: number): Tensor => {
    const middle = random.stream(axis).categorical([batch, 1], side);
    const half = floor(div(floor(mul(share, side)), 2));
    const places = reshape(range(0, side), [1, side]);
    return logicalAnd(greaterEqual(places, sub(middle, half)), less(places, add(middle, half)));
  };
  const rows = reshape(reach('down', height), [batch, height, 1, 1]);
  const columns = reshape(reach('across', width), [batch, 1, width, 1]);
  const isReal = less(random.stream('inside').uniform([batch, 1, 1, 1]), 0.5);
  return cast(equal(logicalAnd(rows, columns), isReal), 'float32');
}
