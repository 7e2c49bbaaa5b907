import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { drawnPicture } from '../../blocks/drawn-picture.js';
import { firstMap } from '../../blocks/first-map.js';
import { kernels } from '../../blocks/kernels.js';
import { batchNormalizedBy } from '../../blocks/normalized.js';
import { residualUp } from '../../blocks/residual.js';
import { selfAttention } from '../../blocks/self-attention.js';
import { flat, modelInputs } from '../../chain.js';
import { conditioned, type GeneratorPortOptions, type LatentInputs, latentsShape } from '../../ports.js';
import { resnetUp } from './resnet-table.js';

/** Options of `resnetGenerator`: the side of a sample is 32, 48, 64 or 128; the papers have 128 latents. */
export interface ResnetGeneratorOptions<
  S extends Shape = Shape,
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> extends GeneratorPortOptions<S, L, C> {
  /** Channels of the finest map: at 32, of all; else they double with every halving, as far as 16 times. 256 at 32, else 64, unless said, as in the papers. */
  readonly filters?: number;
  /** The side of the map that attends to itself, as in SAGAN, where it is 32 of 128; none unless said. */
  readonly attention?: number;
  /** Divides all kernels by their largest singular value, as in SAGAN; false unless said. */
  readonly spectral?: boolean;
}

/**
 * The residual generator of WGAN-GP, SN-GAN, projection discriminators and SAGAN: a dense layer to a map of 4 x 4 (6 x 6 for
 * 48), pre-activation blocks that double the sides, with batch norm, and a convolution with tanh. For 32 x 32 x 3:
 *
 *     latents -> 4 x 4 x 256 -> 8 x 8 x 256 -> 16 x 16 x 256 -> 32 x 32 x 256 -> 32 x 32 x 3
 *
 * With classes, the blocks' scales and offsets behind batch norm are learned for each.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `sample` `[batch, side, side, channels]` in (-1, 1).
 * @throws TypeError if the side of `sample` is not in the papers' tables, `attention` is no side of a map, or a count is none.
 * @see Gulrajani et al. (2017), arXiv:1704.00028, appendix C; Miyato et al. (2018), arXiv:1802.05957, tables 4 to 6; Miyato,
 *   Koyama (2018), arXiv:1802.05637, for classes; Zhang et al. (2019), arXiv:1805.08318, for attention.
 */
export function resnetGenerator<
  const S extends Shape,
  const L extends number | Shape,
  const C extends number | undefined = undefined,
>(options: ResnetGeneratorOptions<S, L, C>): Network<LatentInputs<L, C>, { readonly sample: S }> {
  assertKnownOptions('resnetGenerator', options, ['sample', 'latents', 'classes', 'filters', 'attention', 'spectral']);
  const { sample, latents, classes, spectral = false, ...size } = options;
  const { start, maps, attending } = resnetUp(sample, size);
  const port = latentsShape(latents);
  return layersNetwork({
    inputs: conditioned({ latents: port }, classes),
    outputs: { sample },
    model: () => {
      const { inputs, main, label } = modelInputs(port, classes);
      const made = kernels(spectral);
      const normalized = batchNormalizedBy(label);
      const coarsest = firstMap(flat(main), start, made);
      const finest = maps.reduce<SymbolicTensor>((x, map, k) => {
        const y = residualUp(x, { filters: map.filters, name: `block${k + 1}`, kernels: made, normalized });
        return map === attending ? selfAttention(y, made) : y;
      }, coarsest);
      return model({ inputs, outputs: drawnPicture(finest, sample[2]!, made) });
    },
  });
}
