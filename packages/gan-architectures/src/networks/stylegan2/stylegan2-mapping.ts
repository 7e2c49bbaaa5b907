import type { Network, Shape } from '@gan/core';
import { scaledLeak } from '../../blocks/scaled-leak.js';
import { type StyleMappingOptions, styleMapping } from '../../blocks/style-mapping.js';
import { beside, chain, flat } from '../../chain.js';
import { equalizedDense } from '../../layers/equalized-dense.js';
import { pixelNormalization } from '../../layers/pixel-normalization.js';
import type { LatentInputs } from '../../ports.js';
import { stylegan2Shape } from './stylegan2-shape.js';

/** Options of `stylegan2Mapping`, named like its ports. */
export type Stylegan2MappingOptions<
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> = StyleMappingOptions<L, C>;

/**
 * The mapping network of StyleGAN2: latents, normalised, go through dense layers of an equalised learning rate, which is a
 * hundredth of the others', each with a leaky ReLU of 0.2 and gain sqrt(2), and become a style for each layer of the
 * synthesis,
 *
 *     latents -> normalised -> 8 x dense -> style -> a style for each layer, mixed in training
 *
 * A class is a learned row, normalised, beside the latents. The running average of styles is kept in its state, for
 * `truncatedStyles`.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `styles` `[batch, layers, width]`.
 * @throws TypeError if the side of `sample` is no power of two from 8 on, or a count is none.
 * @see Karras et al. (2020), arXiv:1912.04958; Karras et al. (2019), arXiv:1812.04948, section 2 and appendix C; Karras et
 *   al. (2020), arXiv:2006.06676, for classes.
 */
export function stylegan2Mapping<const L extends number | Shape, const C extends number | undefined = undefined>(
  options: Stylegan2MappingOptions<L, C>,
): Network<LatentInputs<L, C>, { readonly styles: readonly number[] }> {
  return styleMapping(options, {
    name: 'stylegan2Mapping',
    styles: (sample) => stylegan2Shape(sample).styles,
    code: (latents, label) => {
      const code = chain(flat(latents), pixelNormalization());
      if (!label) return code;
      const row = chain(label, equalizedDense({ units: code.shape[1]!, name: 'classes' }), pixelNormalization());
      return beside(code, row);
    },
    dense: (width, name) => [equalizedDense({ units: width, rate: 0.01, name }), ...scaledLeak()],
  });
}
