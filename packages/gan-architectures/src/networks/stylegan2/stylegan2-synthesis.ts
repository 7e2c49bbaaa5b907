import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { scaledLeak } from '../../blocks/scaled-leak.js';
import { chain } from '../../chain.js';
import { addedBias } from '../../layers/added-bias.js';
import { equalizedDense } from '../../layers/equalized-dense.js';
import { filteredUpsampling } from '../../layers/filtered-resampling.js';
import { learnedConstant } from '../../layers/learned-constant.js';
import { modulatedConv2d } from '../../layers/modulated-conv2d.js';
import { noiseInjection } from '../../layers/noise-injection.js';
import { styleAt } from '../../layers/styles.js';
import { type Stylegan2Width, stylegan2Shape, stylegan2Width } from './stylegan2-shape.js';

/** The options of a layer that has a name. */
type Named<F extends (options: never) => unknown> = Parameters<F>[0] & { readonly name: string };

/** Options of `stylegan2Synthesis`. */
export interface Stylegan2SynthesisOptions<S extends Shape = Shape> extends Stylegan2Width {
  /** `[side, side, channels]`; the side is a power of two from 8 on. */
  readonly sample: S;
  /** Numbers of a style; 512, unless said, as in the paper. */
  readonly width?: number;
}

/**
 * The synthesis network of StyleGAN2, of skip connections: from a learned constant of 4 x 4, two modulated convolutions for
 * every side, the first of which doubles it, each followed by noise, a bias and a leaky ReLU of 0.2 with gain sqrt(2); and
 * from each side a picture, which is added to the one before, filtered up to that side:
 *
 *     constant 4 x 4 -> conv -> picture;   conv up -> conv -> picture + the one before;   ...
 *
 * Each convolution is modulated by an affine function of its layer's style, which starts out around 1.
 *
 * @returns A network that takes `styles` `[batch, layers, width]`, with 2 log2(side) - 2 layers, and gives `sample`
 *   `[batch, side, side, channels]`, linear.
 * @throws TypeError if the side of `sample` is no power of two from 8 on, or a count is none.
 * @see Karras et al. (2020), arXiv:1912.04958, sections 2 and 4.1, figures 2 and 7 (configuration F).
 */
export function stylegan2Synthesis<const S extends Shape>(
  options: Stylegan2SynthesisOptions<S>,
): Network<{ readonly styles: readonly number[] }, { readonly sample: S }> {
  assertKnownOptions('stylegan2Synthesis', options, ['sample', 'width', 'filters', 'widest']);
  const { sample, width = 512, ...widths } = options;
  const { sides, channels, styles } = stylegan2Shape(sample);
  assertCount('width', width);
  const filtersAt = stylegan2Width(sides.at(-1)!, widths);
  return layersNetwork({
    inputs: { styles: [styles, width] },
    outputs: { sample },
    model: () => {
      const given = input({ shape: [styles, width] });
      /** A convolution modulated by the style of a layer. */
      const styled = (x: SymbolicTensor, layer: number, how: Named<typeof modulatedConv2d>): SymbolicTensor => {
        const affine = equalizedDense({ units: x.shape[3]!, bias: 1, name: `${how.name}.style` });
        return chain([x, chain(given, styleAt({ layer }), affine)], modulatedConv2d(how));
      };
      const convolved = (x: SymbolicTensor, layer: number, how: Omit<Named<typeof modulatedConv2d>, 'kernelSize'>) =>
        chain(
          styled(x, layer, { ...how, kernelSize: 3 }),
          noiseInjection({ name: `${how.name}.noise` }),
          addedBias({ name: `${how.name}.bias` }),
          ...scaledLeak(),
        );
      const pictured = (x: SymbolicTensor, layer: number, name: string): SymbolicTensor =>
        chain(
          styled(x, layer, { filters: channels, kernelSize: 1, demodulate: false, name }),
          addedBias({ name: `${name}.bias` }),
        );
      const start = chain(given, learnedConstant({ shape: [4, 4, filtersAt(4)], name: 'constant' }));
      let map = convolved(start, 0, { filters: filtersAt(4), name: 'map4.first' });
      let picture = pictured(map, 1, 'map4.picture');
      for (const [k, side] of sides.slice(1).entries()) {
        const filters = filtersAt(side);
        map = convolved(map, 2 * k + 1, { filters, up: 2, name: `map${side}.first` });
        map = convolved(map, 2 * k + 2, { filters, name: `map${side}.second` });
        const more = pictured(map, 2 * k + 3, `map${side}.picture`);
        picture = chain([chain(picture, filteredUpsampling()), more], layers.add());
      }
      return model({ inputs: given, outputs: picture });
    },
  });
}
