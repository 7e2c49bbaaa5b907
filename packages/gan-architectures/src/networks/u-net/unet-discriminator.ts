import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { kernels } from '../../blocks/kernels.js';
import { asItIs } from '../../blocks/normalized.js';
import { projectedScore } from '../../blocks/projected-score.js';
import { projectedScores } from '../../blocks/projected-scores.js';
import { residualDown, residualUp } from '../../blocks/residual.js';
import { selfAttention } from '../../blocks/self-attention.js';
import { summedPlaces } from '../../blocks/summed-places.js';
import { beside, chain, modelInputs } from '../../chain.js';
import { conditioned, type JudgePortOptions, type SampleInputs } from '../../ports.js';
import { unetShape } from './unet-shape.js';

/** Options of `unetDiscriminator`: the side of a sample is a power of two from 16 to 256. */
export interface UnetDiscriminatorOptions<S extends Shape = Shape, C extends number | undefined = number | undefined>
  extends JudgePortOptions<S, C> {
  /** Channels of the finest map; 64, unless said, as in the paper. */
  readonly filters?: number;
  /** The side of the map on the way down that attends to itself: 64 in the paper; none unless said. */
  readonly attention?: number;
}

/**
 * The judge of U-Net GAN: BigGAN's residual judge goes down to 4 x 4 and scores the picture; residual blocks go up again,
 * each beside the map of its side from the way down, and score every pixel. For 128 x 128 x 3:
 *
 *     64 x 64 x 64 -> 32 x 32 x 128 -> 16 x 16 x 256 -> 8 x 8 x 512 -> 4 x 4 x 1024 -> sum of places -> score
 *     -> 8 x 8 x 512 -> 16 x 16 x 256 -> 32 x 32 x 128 -> 64 x 64 x 64 -> 128 x 128 x 64 -> pixels
 *
 * Kernels are divided by their largest singular value, but for the last. With classes, the product with a learned row of
 * the class is added to the score, and another at each pixel. An adversarial term reads the score; one more reads the
 * pixels in its place, `reading({ score: 'pixels' }, hinge())`, and `cutMix()` of @gan/losses reads both.
 *
 * Unlike the paper, which has networks for 128 and 256, smaller sides go down to 4 x 4 in fewer blocks.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score` `[batch, 1]` and linear `pixels`
 *   `[batch, side, side, 1]`.
 * @throws TypeError if the side of `sample` is none of those, `attention` is no side of a map, or a count is none.
 * @see Schönfeld, Schiele, Khoreva (2020), arXiv:2002.12655, section 3 and appendix.
 */
export function unetDiscriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: UnetDiscriminatorOptions<S, C>,
): Network<SampleInputs<S, C>, { readonly score: 'linear'; readonly pixels: 'linear' }> {
  assertKnownOptions('unetDiscriminator', options, ['sample', 'classes', 'filters', 'attention']);
  const { sample, classes, ...size } = options;
  const { down, up, attending } = unetShape(sample, size);
  return layersNetwork({
    inputs: conditioned({ sample }, classes),
    outputs: { score: 'linear', pixels: 'linear' },
    model: () => {
      const { inputs, main, label } = modelInputs(sample, classes);
      const made = kernels(true);
      const kept: SymbolicTensor[] = [];
      const coarsest = down.reduce<SymbolicTensor>((x, map, k) => {
        const { filters } = map;
        const name = `down${k + 1}`;
        const y = residualDown(x, { filters, hidden: filters, halves: true, first: k === 0, name, kernels: made });
        kept.push(map === attending ? selfAttention(y, made) : y);
        return kept.at(-1)!;
      }, main);
      const features = summedPlaces(coarsest);
      const finest = up.reduce<SymbolicTensor>((x, { filters }, k) => {
        const given = k === 0 ? x : beside(x, kept.at(-1 - k)!);
        return residualUp(given, { filters, name: `up${k + 1}`, kernels: made, normalized: asItIs });
      }, coarsest);
      const scores = chain(finest, kernels(false).conv2d({ filters: 1, kernelSize: 1, name: 'pixels' }));
      const row = { units: finest.shape[3]!, useBias: false, name: 'pixels.classes' };
      const pixels = label ? projectedScores({ scores, features: finest, row: chain(label, made.dense(row)) }) : scores;
      return model({ inputs, outputs: [projectedScore(features, label, made), pixels] });
    },
  });
}
