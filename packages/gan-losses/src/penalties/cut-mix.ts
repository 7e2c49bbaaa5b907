import { assertKnownOptions, assertNotNegative, defineTerm, type Random, shown } from '@gan/core';
import { add, mean, mul, softplus, square, sub, type Tensor, tensor } from '@tensorflow/tfjs-core';

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
      const mask = masks(left.shape, random);
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
function masks([batch, height, width]: readonly number[], random: Random): Tensor {
  const values: number[] = [];
  for (let i = 0; i < batch!; i++) {
    const share = Math.sqrt(random.next());
    const [rows, columns] = [height!, width!].map((size) => {
      const [middle, half] = [random.integer(size), Math.floor(Math.floor(size * share) / 2)];
      return [middle - half, middle + half] as const;
    });
    const inside = random.next() < 0.5 ? 1 : 0;
    for (let row = 0; row < height!; row++)
      for (let column = 0; column < width!; column++) {
        const within = row >= rows![0] && row < rows![1] && column >= columns![0] && column < columns![1];
        values.push(within ? inside : 1 - inside);
      }
  }
  return tensor(values, [batch!, height!, width!, 1]);
}
