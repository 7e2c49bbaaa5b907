import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { firstMap } from '../../blocks/first-map.js';
import { kernels } from '../../blocks/kernels.js';
import { batchNormalizedBy } from '../../blocks/normalized.js';
import { chain, flat, modelInputs } from '../../chain.js';
import { conditioned, type GeneratorPortOptions, type LatentInputs, latentsShape } from '../../ports.js';
import { snDcganSide } from './sn-dcgan-side.js';

/** Options of `snDcganGenerator`: the side of a sample is a multiple of 8; the paper has 128 latents. */
export interface SnDcganGeneratorOptions<
  S extends Shape = Shape,
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> extends GeneratorPortOptions<S, L, C> {
  /** Channels of the finest map; the coarsest has 8 times as many. 64, unless said, as in the paper. */
  readonly filters?: number;
}

/**
 * The generator of SN-DCGAN: a dense layer to a map of an eighth of the side, transposed convolutions of 4 x 4 that double
 * it, each with batch norm and ReLU, and a convolution of 3 x 3 with tanh. For 32 x 32 x 3:
 *
 *     latents -> 4 x 4 x 512 -> 8 x 8 x 256 -> 16 x 16 x 128 -> 32 x 32 x 64 -> 32 x 32 x 3
 *
 * With classes, which the paper has none of, scales and offsets behind batch norm are learned for each.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `sample` `[batch, side, side, channels]` in (-1, 1).
 * @throws TypeError if the side of `sample` is no multiple of 8, or a count is none.
 * @see Miyato et al. (2018), arXiv:1802.05957, table 3; Miyato, Koyama (2018), arXiv:1802.05637, for classes.
 */
export function snDcganGenerator<
  const S extends Shape,
  const L extends number | Shape,
  const C extends number | undefined = undefined,
>(options: SnDcganGeneratorOptions<S, L, C>): Network<LatentInputs<L, C>, { readonly sample: S }> {
  assertKnownOptions('snDcganGenerator', options, ['sample', 'latents', 'classes', 'filters']);
  const { sample, latents, classes, filters = 64 } = options;
  const side = snDcganSide(sample) / 8;
  assertCount('filters', filters);
  const start = { side, filters: 8 * filters };
  const port = latentsShape(latents);
  return layersNetwork({
    inputs: conditioned({ latents: port }, classes),
    outputs: { sample },
    model: () => {
      const { inputs, main, label } = modelInputs(port, classes);
      const made = kernels(false);
      const normalized = batchNormalizedBy(label);
      const coarsest = firstMap(flat(main), start, made);
      const finest = [4, 2, 1].reduce<SymbolicTensor>((x, times, k) => {
        const name = `map${k + 1}`;
        const doubled = made.conv2dTranspose({ filters: times * filters, kernelSize: 4, strides: 2, name });
        return chain(normalized(chain(x, doubled), name), layers.reLU());
      }, coarsest);
      const picture = chain(
        finest,
        made.conv2d({ filters: sample[2]!, kernelSize: 3, name: 'picture' }),
        layers.activation({ activation: 'tanh' }),
      );
      return model({ inputs, outputs: picture });
    },
  });
}
