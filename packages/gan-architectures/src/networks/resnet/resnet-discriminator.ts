import { assertKnownOptions, assertOneOf, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { JudgeOutputs } from '../../blocks/judge-score.js';
import { kernels } from '../../blocks/kernels.js';
import { asItIs, layerNormalized } from '../../blocks/normalized.js';
import { projectedScore } from '../../blocks/projected-score.js';
import { residualDown } from '../../blocks/residual.js';
import { selfAttention } from '../../blocks/self-attention.js';
import { chain, modelInputs } from '../../chain.js';
import { scaling } from '../../layers/scaling.js';
import { conditioned, type JudgePortOptions, type SampleInputs } from '../../ports.js';
import { resnetDown } from './resnet-table.js';

/** Options of `resnetDiscriminator`: the side of a sample is 32, 48, 64 or 128. */
export interface ResnetDiscriminatorOptions<S extends Shape = Shape, C extends number | undefined = number | undefined>
  extends JudgePortOptions<S, C> {
  /** Channels of the first map: at 32, of all; else they double with every block, as far as 16 times. 128 at 32, else 64, unless said, as in the papers. */
  readonly filters?: number;
  /** The side of the first map that attends to itself, as in SAGAN, where it is 32 of 128; none unless said. */
  readonly attention?: number;
  /**
   * What keeps the judge smooth: `'spectral'`, unless said, divides all kernels by their largest singular value; a gradient
   * penalty instead wants `'none'`, or `'layer'`, layer norm, which leaves samples apart.
   */
  readonly normalization?: 'spectral' | 'layer' | 'none';
  /** Of the last map's places: `'sum'`, unless said, as in SN-GAN, or `'mean'`, as in WGAN-GP. */
  readonly pooling?: 'sum' | 'mean';
}

/**
 * The residual judge of WGAN-GP, SN-GAN, projection discriminators and SAGAN: pre-activation blocks, most of which halve the
 * sides, the sum of all places, and a dense layer to the score. For 32 x 32 x 3:
 *
 *     32 x 32 x 3 -> 16 x 16 x 128 -> 8 x 8 x 128 -> 8 x 8 x 128 -> 8 x 8 x 128 -> 128 -> score
 *
 * With classes, the product of those sums with a learned row of the class is added to the score.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score` `[batch, 1]`, and the sums (or
 *   means) as `features`, which need not be read.
 * @throws TypeError if the side of `sample` is not in the papers' tables, `attention` is no side of a map, or a count is none.
 * @see Gulrajani et al. (2017), arXiv:1704.00028, appendix C; Miyato et al. (2018), arXiv:1802.05957, tables 4 to 6; Miyato,
 *   Koyama (2018), arXiv:1802.05637, equation 10; Zhang et al. (2019), arXiv:1805.08318, for attention.
 */
export function resnetDiscriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: ResnetDiscriminatorOptions<S, C>,
): Network<SampleInputs<S, C>, JudgeOutputs> {
  const known = ['sample', 'classes', 'filters', 'attention', 'normalization', 'pooling'] as const;
  assertKnownOptions('resnetDiscriminator', options, known);
  const { sample, classes, normalization = 'spectral', pooling = 'sum', ...size } = options;
  assertOneOf('normalization', normalization, ['spectral', 'layer', 'none']);
  assertOneOf('pooling', pooling, ['sum', 'mean']);
  const { maps, attending } = resnetDown(sample, size);
  return layersNetwork({
    inputs: conditioned({ sample }, classes),
    outputs: { score: 'linear', features: 'features' },
    model: () => {
      const { inputs, main, label } = modelInputs(sample, classes);
      const made = kernels(normalization === 'spectral');
      const normalized = normalization === 'layer' ? layerNormalized : asItIs;
      const coarsest = maps.reduce<SymbolicTensor>((x, map, k) => {
        const y = residualDown(x, {
          filters: map.filters,
          hidden: k === 0 ? map.filters : x.shape[3]!,
          halves: map.side < x.shape[1]!,
          first: k === 0,
          name: `block${k + 1}`,
          kernels: made,
          normalized,
        });
        return map === attending ? selfAttention(y, made) : y;
      }, main);
      const { side } = maps.at(-1)!;
      const pooled = chain(coarsest, layers.reLU(), layers.globalAveragePooling2d({}));
      const features = pooling === 'sum' ? chain(pooled, scaling({ factor: side ** 2 })) : pooled;
      return model({ inputs, outputs: [projectedScore(features, label, made), features] });
    },
  });
}
