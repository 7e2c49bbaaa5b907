import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { bottleneckDown } from '../../blocks/bottleneck.js';
import { kernels, orthogonal } from '../../blocks/kernels.js';
import { projectedScore } from '../../blocks/projected-score.js';
import { selfAttention } from '../../blocks/self-attention.js';
import { summedPlaces } from '../../blocks/summed-places.js';
import { chain, modelInputs } from '../../chain.js';
import { conditioned, type JudgePortOptions, type SampleInputs } from '../../ports.js';
import { assertQuarters, type BigganSize, bigganDeep, bigganDeepDown } from './biggan-table.js';

/** Options of `bigganDeepDiscriminator`: the side of a sample is 28, 32, 64, 128, 256 or 512. */
export interface BigganDeepDiscriminatorOptions<
  S extends Shape = Shape,
  C extends number | undefined = number | undefined,
> extends JudgePortOptions<S, C>,
    BigganSize {}

/**
 * BigGAN-deep's judge: a convolution of the picture, twice as many blocks as BigGAN's, each with a bottleneck of four
 * convolutions, every first of two halves the sides (of the first four alone below 64), then sum and score as there.
 * For 128 x 128 x 3, two blocks an arrow after the first:
 *
 *     128 x 128 x 3 -> 128 x 128 x 128 -> 64 x 64 x 256, attending -> 32 x 32 x 512 -> 16 x 16 x 1024 -> 8 x 8 x 2048
 *     -> 4 x 4 x 2048 -> 2048 -> score
 *
 * All kernels are divided by their largest singular value, and start orthogonal.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score` `[batch, 1]`.
 * @throws TypeError if the side of `sample` is not in the table, `filters` gives a map without whole quarters, `attention` is
 *   no side of a map, or a count is none.
 * @see Brock, Donahue, Simonyan (2019), arXiv:1809.11096, appendix B, tables 7 to 9.
 */
export function bigganDeepDiscriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: BigganDeepDiscriminatorOptions<S, C>,
): Network<SampleInputs<S, C>, { readonly score: 'linear' }> {
  assertKnownOptions('bigganDeepDiscriminator', options, ['sample', 'classes', 'filters', 'attention']);
  const { sample, classes, ...size } = options;
  const { start, maps, attending } = bigganDeepDown(sample, size, bigganDeep);
  assertQuarters(maps);
  return layersNetwork({
    inputs: conditioned({ sample }, classes),
    outputs: { score: 'linear' },
    model: () => {
      const { inputs, main, label } = modelInputs(sample, classes);
      const made = kernels(true, orthogonal);
      const stem = chain(main, made.conv2d({ filters: start.filters, kernelSize: 3, name: 'start' }));
      const coarsest = maps.reduce<SymbolicTensor>((x, map, k) => {
        const block = { kernels: made, filters: map.filters };
        const down = { ...block, halves: map.side < x.shape[1]!, name: `block${2 * k + 1}` };
        const same = { ...block, halves: false, name: `block${2 * k + 2}` };
        const y = bottleneckDown(bottleneckDown(x, down), same);
        return map === attending ? selfAttention(y, made) : y;
      }, stem);
      return model({ inputs, outputs: projectedScore(summedPlaces(coarsest), label, made) });
    },
  });
}
