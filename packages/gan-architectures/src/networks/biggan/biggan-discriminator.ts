import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { kernels, orthogonal } from '../../blocks/kernels.js';
import { projectedScore } from '../../blocks/projected-score.js';
import { residualDown } from '../../blocks/residual.js';
import { selfAttention } from '../../blocks/self-attention.js';
import { summedPlaces } from '../../blocks/summed-places.js';
import { modelInputs } from '../../chain.js';
import { conditioned, type JudgePortOptions, type SampleInputs } from '../../ports.js';
import { type BigganSize, biggan, bigganDown } from './biggan-table.js';

/** Options of `bigganDiscriminator`: the side of a sample is 28, 32, 64, 128, 256 or 512. */
export interface BigganDiscriminatorOptions<S extends Shape = Shape, C extends number | undefined = number | undefined>
  extends JudgePortOptions<S, C>,
    BigganSize {}

/**
 * BigGAN's judge: residual blocks, all but the last of which halve the sides (two of four below 64), the sum of all places,
 * and a dense layer to the score, to which the product of those sums with a row of the class is added. For 128 x 128 x 3:
 *
 *     128 x 128 x 3 -> 64 x 64 x 96, attending -> 32 x 32 x 192 -> 16 x 16 x 384 -> 8 x 8 x 768 -> 4 x 4 x 1536 -> 4 x 4 x 1536
 *     -> 1536 -> score
 *
 * All kernels are divided by their largest singular value, and start orthogonal.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score` `[batch, 1]`.
 * @throws TypeError if the side of `sample` is not in the table, `attention` is no side of a map, or a count is none.
 * @see Brock, Donahue, Simonyan (2019), arXiv:1809.11096, appendix B, tables 4 to 6.
 */
export function bigganDiscriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: BigganDiscriminatorOptions<S, C>,
): Network<SampleInputs<S, C>, { readonly score: 'linear' }> {
  assertKnownOptions('bigganDiscriminator', options, ['sample', 'classes', 'filters', 'attention']);
  const { sample, classes, ...size } = options;
  const { maps, attending } = bigganDown(sample, size, biggan);
  return layersNetwork({
    inputs: conditioned({ sample }, classes),
    outputs: { score: 'linear' },
    model: () => {
      const { inputs, main, label } = modelInputs(sample, classes);
      const made = kernels(true, orthogonal);
      const coarsest = maps.reduce<SymbolicTensor>((x, { side, filters }, k) => {
        const halves = side < x.shape[1]!;
        const y = residualDown(x, {
          filters,
          hidden: filters,
          halves,
          first: k === 0,
          name: `block${k + 1}`,
          kernels: made,
        });
        return maps[k] === attending ? selfAttention(y, made) : y;
      }, main);
      return model({ inputs, outputs: projectedScore(summedPlaces(coarsest), label, made) });
    },
  });
}
