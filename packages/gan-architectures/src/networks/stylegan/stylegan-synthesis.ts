import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { fadedByStep } from '../../blocks/faded-by-step.js';
import { growingLeak } from '../../blocks/growing-layers.js';
import { growingPicture } from '../../blocks/growing-picture.js';
import { type Growing, growth } from '../../blocks/growth.js';
import { adaptivelyNormalized } from '../../blocks/normalized.js';
import { chain } from '../../chain.js';
import { addedBias } from '../../layers/added-bias.js';
import { equalizedConv2d } from '../../layers/equalized-conv2d.js';
import { filtering } from '../../layers/filtered-resampling.js';
import { learnedConstant } from '../../layers/learned-constant.js';
import { noiseInjection } from '../../layers/noise-injection.js';
import { styleAt } from '../../layers/styles.js';

/** Options of `styleganSynthesis`. */
export interface StyleganSynthesisOptions<S extends Shape = Shape> extends Growing {
  /** `[side, side, channels]`, of a stage if it grows; the side is a power of two from 4 on. */
  readonly sample: S;
  /** Numbers of a style; 512, unless said, as in the paper. */
  readonly width?: number;
}

/**
 * The synthesis network of StyleGAN: from a learned constant of 4 x 4, two layers for every side, the second of the first
 * side and both of the others convolutions, of which the first doubles the sides by repeating each place, filtered behind
 * it with [1, 2, 1]. Each adds noise and a bias, and ends in a leaky ReLU of 0.2 and adaptive instance norm by its style:
 *
 *     constant 4 x 4 -> conv -> up, conv, filter -> conv -> ... -> picture
 *
 * It is of one size, or grows as `progressiveGenerator` does, by `growsTo` and `fade`: in stages that start `from` one
 * another, which take the weights of the mapping along.
 *
 * @returns A network that takes `styles` `[batch, layers, width]`, with 2 log2(side) - 2 layers, and gives `sample`
 *   `[batch, side, side, channels]`, linear.
 * @throws TypeError if the side of `sample` is no power of two from 4 on, `growsTo` none from there on, a count is none, or
 *   there is no side to fade from.
 * @see Karras et al. (2019), arXiv:1812.04948, section 2, figure 1b, equation 1.
 */
export function styleganSynthesis<const S extends Shape>(
  options: StyleganSynthesisOptions<S>,
): Network<{ readonly styles: readonly number[] }, { readonly sample: S }> {
  assertKnownOptions('styleganSynthesis', options, ['sample', 'width', 'filters', 'widest', 'growsTo', 'fade']);
  const { sample, width = 512, ...growing } = options;
  const grown = growth(sample, growing);
  const { sides, filtersAt } = grown;
  assertCount('width', width);
  const styles = 2 * sides.length;
  const network = layersNetwork({
    inputs: { styles: [styles, width] },
    outputs: { sample },
    model: () => {
      const given = input({ shape: [styles, width] });
      const convolution = (side: number, name: string): layers.Layer =>
        equalizedConv2d({ filters: filtersAt(side), kernelSize: 3, gain: Math.SQRT2, useBias: false, name });
      /** What follows the constant and each convolution. */
      const styled = (x: SymbolicTensor, layer: number, name: string): SymbolicTensor => {
        const active = chain(
          x,
          noiseInjection({ perChannel: true, name: `${name}.noise` }),
          addedBias({ name: `${name}.bias` }),
          growingLeak(),
        );
        return adaptivelyNormalized(chain(given, styleAt({ layer })))(active, name);
      };
      const up = (map: SymbolicTensor, side: number): SymbolicTensor =>
        chain(
          map,
          layers.upSampling2d({ size: [2, 2] }),
          convolution(side, `map${side}.first`),
          filtering({ taps: 3 }),
        );
      const shape = [4, 4, filtersAt(4)];
      const constant = chain(given, learnedConstant({ shape, mean: 1, deviation: 0, name: 'constant' }));
      const maps: SymbolicTensor[] = [];
      for (const [k, side] of sides.entries()) {
        const before = maps.at(-1);
        const first = styled(before ? up(before, side) : constant, 2 * k, `map${side}.first`);
        const second = `map${side}.second`;
        maps.push(styled(chain(first, convolution(side, second)), 2 * k + 1, second));
      }
      return model({ inputs: given, outputs: growingPicture(maps, grown) });
    },
  });
  return fadedByStep(network, grown.fade, `map${sides.at(-1)}.fade`);
}
