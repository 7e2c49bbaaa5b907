import { inSeries, type Network, type Shape } from '@gan/core';
import type { LatentInputs } from '../../ports.js';
import { type Stylegan2MappingOptions, stylegan2Mapping } from './stylegan2-mapping.js';
import type { Stylegan2Width } from './stylegan2-shape.js';
import { stylegan2Synthesis } from './stylegan2-synthesis.js';

/** Options of `stylegan2Generator`: those of its two networks. */
export interface Stylegan2GeneratorOptions<
  S extends Shape = Shape,
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> extends Stylegan2MappingOptions<L, C>,
    Stylegan2Width {
  readonly sample: S;
}

/**
 * The generator of StyleGAN2 as one network: `stylegan2Mapping` and `stylegan2Synthesis` in series. A game that
 * regularises path lengths, or trains the two at different rates, has them as two networks instead.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `sample`, linear.
 * @throws TypeError as the two do.
 * @see Karras et al. (2020), arXiv:1912.04958.
 */
export function stylegan2Generator<
  const S extends Shape,
  const L extends number | Shape,
  const C extends number | undefined = undefined,
>(options: Stylegan2GeneratorOptions<S, L, C>): Network<LatentInputs<L, C>, { readonly sample: S }> {
  const { filters, widest, ...mapping } = options;
  const { sample, width } = mapping;
  const synthesis = stylegan2Synthesis({
    sample,
    ...(width !== undefined && { width }),
    ...(filters !== undefined && { filters }),
    ...(widest !== undefined && { widest }),
  });
  return inSeries(stylegan2Mapping(mapping), synthesis) as unknown as Network<
    LatentInputs<L, C>,
    { readonly sample: S }
  >;
}
