import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape, shown } from '@gan/core';
import { initializers, layers, model } from '@tensorflow/tfjs-layers';
import { batchNorm } from '../../blocks/normalized.js';
import { chain, flat, modelInputs } from '../../chain.js';
import { assertPicture } from '../../picture.js';

/** Options of `ebganAutoencoder`, named like its ports. */
export interface EbganAutoencoderOptions<S extends Shape = Shape> {
  /** `[side, side, channels]`; the side is a multiple of 8. */
  readonly sample: S;
  /** Channels of the first map; they double with each halving of the side. 64 unless said. */
  readonly filters?: number;
}

/** Three halvings and doublings, as in the paper. */
const factor = 8;

/**
 * The autoencoder of EBGAN, which is a judge by `reconstructionEnergy(ebganAutoencoder({ sample }))`: three convolutions of
 * 4 x 4 that halve the side, and three transposed ones that double it, with batch norm, but for the first and the last, and
 * leaky ReLU of 0.2, but for the last. For 64 x 64 x 3:
 *
 *     32 x 32 x 64 -> 16 x 16 x 128 -> 8 x 8 x 256 -> 16 x 16 x 128 -> 32 x 32 x 64 -> 64 x 64 x 3
 *
 * The map in the middle is the code, which `pullingAway` reads. Kernels start out normal with a deviation of 0.002. The
 * paper's generator is `dcganGenerator({ sample, latents: 100, filters: 128 })`.
 *
 * @returns A network that takes `sample`, and gives `sample` of the same shape, and its code, `features`, as a row.
 * @throws TypeError if the side of `sample` is no multiple of 8, or `filters` is no count.
 * @see Zhao, Mathieu, LeCun (2016), arXiv:1609.03126, section 2.3 and appendix D.
 */
export function ebganAutoencoder<const S extends Shape>(
  options: EbganAutoencoderOptions<S>,
): Network<{ readonly sample: S }, { readonly sample: S; readonly features: 'features' }> {
  assertKnownOptions('ebganAutoencoder', options, ['sample', 'filters']);
  const { sample, filters = 64 } = options;
  const shape: Shape = sample;
  assertPicture(shape);
  const [side, , channels] = shape;
  if (side % factor !== 0)
    throw new TypeError(`the side of a picture must be a multiple of ${factor}, but is ${shown(side)}`);
  assertCount('filters', filters);
  const kernel = (width: number, name: string, useBias: boolean) => ({
    ...{ filters: width, kernelSize: 4, strides: 2, padding: 'same' as const, name, useBias },
    kernelInitializer: initializers.randomNormal({ mean: 0, stddev: 0.002 }),
  });
  const leak = () => layers.leakyReLU({ alpha: 0.2 });
  const normed = (name: string) => [batchNorm(name), leak()];
  const down = (width: number, name: string) => [layers.conv2d(kernel(width, name, false)), ...normed(name)];
  const up = (width: number, name: string) => [layers.conv2dTranspose(kernel(width, name, false)), ...normed(name)];
  return layersNetwork({
    inputs: { sample },
    outputs: { sample, features: 'features' },
    model: () => {
      const { inputs, main } = modelInputs(shape, undefined);
      const code = chain(
        main,
        layers.conv2d(kernel(filters, 'encoder.map1', true)),
        leak(),
        ...down(2 * filters, 'encoder.map2'),
        ...down(4 * filters, 'encoder.map3'),
      );
      const rebuilt = chain(
        code,
        ...up(2 * filters, 'decoder.map2'),
        ...up(filters, 'decoder.map1'),
        layers.conv2dTranspose(kernel(channels, 'decoder.picture', true)),
      );
      return model({ inputs, outputs: [rebuilt, flat(code)] });
    },
  });
}
