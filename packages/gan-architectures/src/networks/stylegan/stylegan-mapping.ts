import type { Network, Shape } from '@gan/core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import { growingLeak } from '../../blocks/growing-layers.js';
import { type StyleMappingOptions, styleMapping } from '../../blocks/style-mapping.js';
import { beside, chain, flat } from '../../chain.js';
import { doubling } from '../../doubling.js';
import { equalizedDense } from '../../layers/equalized-dense.js';
import { pixelNormalization } from '../../layers/pixel-normalization.js';
import type { LatentInputs } from '../../ports.js';

/** Options of `styleganMapping`, named like its ports. */
export type StyleganMappingOptions<
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> = StyleMappingOptions<L, C>;

/**
 * The mapping network of StyleGAN: latents, normalised, go through dense layers of an equalised learning rate, which is a
 * hundredth of the others', each with a leaky ReLU of 0.2, and become a style for each layer of the synthesis,
 *
 *     latents -> normalised -> 8 x dense -> style -> a style for each layer, mixed in training
 *
 * A class is a learned row beside the latents, normalised with them. The running average of styles is kept in its state, for
 * `truncatedStyles`.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `styles` `[batch, layers, width]`, with two layers for
 *   each side of a map: 2 log2(side) - 2.
 * @throws TypeError if the side of `sample` is no power of two from 4 on, or a count is none.
 * @see Karras et al. (2019), arXiv:1812.04948, sections 2 and 3.1, appendices B and C.
 */
export function styleganMapping<const L extends number | Shape, const C extends number | undefined = undefined>(
  options: StyleganMappingOptions<L, C>,
): Network<LatentInputs<L, C>, { readonly styles: readonly number[] }> {
  return styleMapping(options, {
    name: 'styleganMapping',
    styles: (sample) => 2 * doubling(sample, 4).sides.length,
    code: (latents, label) => {
      const code = flat(latents);
      if (!label) return chain(code, pixelNormalization());
      const kernelInitializer = initializers.randomNormal({ mean: 0, stddev: 1 });
      const units = code.shape[1]!;
      const row = chain(label, layers.dense({ units, useBias: false, kernelInitializer, name: 'classes' }));
      return chain(beside(code, row), pixelNormalization());
    },
    dense: (width, name) => [equalizedDense({ units: width, rate: 0.01, gain: Math.SQRT2, name }), growingLeak()],
  });
}
