import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model } from '@tensorflow/tfjs-layers';
import { beside, chain, flat, modelInputs } from '../../chain.js';
import { equalizedDense } from '../../layers/equalized-dense.js';
import { assertShare } from '../../layers/option-check.js';
import { pixelNormalization } from '../../layers/pixel-normalization.js';
import { scaling } from '../../layers/scaling.js';
import { styleAverage, styleMixing } from '../../layers/styles.js';
import { type Conditioned, conditioned, type LatentsPort, latentsShape } from '../../ports.js';
import { stylegan2Shape } from './stylegan2-shape.js';

/** Options of `stylegan2Mapping`, named like its ports. */
export interface Stylegan2MappingOptions<
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> {
  /** Of the synthesis: it says how many layers take a style. */
  readonly sample: Shape;
  /** What it starts from: `512` is short for `[512]`, that of the paper. */
  readonly latents: L;
  /** How many classes there are; without it, the network takes none. */
  readonly classes?: C;
  /** Numbers of a style; 512, unless said, as in the paper. */
  readonly width?: number;
  /** How many dense layers there are; 8, unless said, as in the paper. */
  readonly layers?: number;
  /** How many of the samples are mixed in training, in [0, 1]; 0.9, unless said, as in the paper. */
  readonly mixing?: number;
}

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
): Network<Conditioned<{ readonly latents: LatentsPort<L> }, C>, { readonly styles: readonly number[] }> {
  assertKnownOptions('stylegan2Mapping', options, ['sample', 'latents', 'classes', 'width', 'layers', 'mixing']);
  const { sample, latents, classes, width = 512, layers: depth = 8, mixing = 0.9 } = options;
  const { styles } = stylegan2Shape(sample);
  for (const [name, value] of Object.entries({ width, layers: depth })) assertCount(name, value);
  assertShare('mixing', mixing);
  const port = latentsShape(latents);
  return layersNetwork({
    inputs: conditioned({ latents: port }, classes as C),
    outputs: { styles: [styles, width] },
    model: () => {
      const { inputs, main, label } = modelInputs(port, classes);
      const code = chain(flat(main), pixelNormalization());
      const row =
        label && chain(label, equalizedDense({ units: code.shape[1]!, name: 'classes' }), pixelNormalization());
      const hidden = Array.from({ length: depth }, (_, k) => [
        equalizedDense({ units: width, rate: 0.01, name: `dense${k}` }),
        layers.leakyReLU({ alpha: 0.2 }),
        scaling({ factor: Math.SQRT2 }),
      ]);
      const style = chain(row ? beside(code, row) : code, ...hidden.flat(), styleAverage({ name: 'styles' }));
      return model({ inputs, outputs: chain(style, styleMixing({ layers: styles, probability: mixing })) });
    },
  });
}
