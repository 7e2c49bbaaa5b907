import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { gatedNormalized, gatedUp, noisyGatedUp } from '../../blocks/gated-up.js';
import { kernels } from '../../blocks/kernels.js';
import { skipLayerExcitation } from '../../blocks/skip-layer-excitation.js';
import { chain, flat, modelInputs } from '../../chain.js';
import { type LatentInputs, latentsShape } from '../../ports.js';
import { fastganShape, sidesBetween } from './fastgan-shape.js';

/** Options of `fastganGenerator`, named like its ports. */
export interface FastganGeneratorOptions<S extends Shape = Shape, L extends number | Shape = number | Shape> {
  /** `[side, side, channels]`; the side is a power of two from 32 to 1024. */
  readonly sample: S;
  /** What it starts from: `256`, that of the authors' code, is short for `[256]`. */
  readonly latents: L;
  /** Channels of the map of 128; those of 4 have 16 times as many. 64, unless said, as in the authors' code. */
  readonly filters?: number;
}

/**
 * The generator of FastGAN, light enough for a hundred pictures and one GPU: a transposed convolution to 4 x 4, blocks that
 * double the sides, each of one convolution, or, every second one, of two with noise, batch norm, gated linear units, and a
 * convolution with tanh. Early maps excite late ones: that of side s, 4 to 32, the one of 16 s:
 *
 *     latents -> 4 x 4 -> 8 x 8 -> 16 x 16 -> 32 x 32 -> 64 x 64 -> 128 x 128 -> ... -> picture
 *                  \------------------------------------^          (8 excites 128, 16 excites 256, 32 excites 512)
 *
 * All kernels are divided by their largest singular value, and have no bias.
 *
 * Unlike the paper, and as in its authors' code, 4 x 4 excites 64 x 64, too. Unlike the authors' code, it makes one picture,
 * not a second one of 128 x 128. A picture of 32, which the paper has none of, is excited by 4 x 4, eight times smaller.
 *
 * @returns A network that takes `latents`, and gives `sample` `[batch, side, side, channels]` in (-1, 1).
 * @throws TypeError if the side of `sample` is no power of two from 32 to 1024, or a count is none.
 * @see Liu et al. (2021), arXiv:2101.04775, section 3.1, figures 2 and 3.
 */
export function fastganGenerator<const S extends Shape, const L extends number | Shape>(
  options: FastganGeneratorOptions<S, L>,
): Network<LatentInputs<L>, { readonly sample: S }> {
  assertKnownOptions('fastganGenerator', options, ['sample', 'latents', 'filters']);
  const { sample, latents, filters = 64 } = options;
  const { side, channels, up } = fastganShape(sample, filters);
  const port = latentsShape(latents);
  const reach = Math.min(16, side / 4);
  return layersNetwork({
    inputs: { latents: port },
    outputs: { sample },
    model: () => {
      const { inputs, main } = modelInputs(port, undefined);
      const made = kernels(true);
      const code = flat(main);
      const start = chain(
        code,
        layers.reshape({ targetShape: [1, 1, code.shape[1]!] }),
        made.conv2dTranspose({
          filters: 2 * up(4),
          kernelSize: 4,
          padding: 'valid',
          useBias: false,
          name: 'map4',
        }),
      );
      const maps = new Map<number, SymbolicTensor>([[4, gatedNormalized(start, 'map4')]]);
      for (const of of sidesBetween(8, side)) {
        const block = { filters: up(of), name: `map${of}`, kernels: made };
        const map = (Math.log2(of) % 2 === 1 ? noisyGatedUp : gatedUp)(maps.get(of / 2)!, block);
        const by = of / reach > 32 ? undefined : maps.get(of / reach);
        maps.set(of, by ? skipLayerExcitation(map, { by, name: `map${of}.excited`, kernels: made }) : map);
      }
      const picture = chain(
        maps.get(side)!,
        made.conv2d({ filters: channels, kernelSize: 3, useBias: false, name: 'picture' }),
        layers.activation({ activation: 'tanh' }),
      );
      return model({ inputs, outputs: picture });
    },
  });
}
