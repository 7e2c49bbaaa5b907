import { assertKnownOptions, layersNetwork, type Network, type Shape, shown } from '@gan/core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { gatedUp } from '../../blocks/gated-up.js';
import { kernels } from '../../blocks/kernels.js';
import { chain } from '../../chain.js';
import { quartersApart, quartersTogether } from '../../layers/quarters.js';
import { fastganShape, sidesBetween } from './fastgan-shape.js';

/** Options of `fastganDecoder`, named like its ports. */
export interface FastganDecoderOptions<S extends Shape = Shape> {
  /** The picture that is to be made again, as the judge takes it. */
  readonly sample: S;
  /** The judge's map of 16 x 16. */
  readonly fine: Shape;
  /** Its map of 8 x 8. */
  readonly coarse: Shape;
  /** Channels of a map of 128, half of those of 32 and 64 and a quarter of those of 16; 32, unless said, as in the authors' code. */
  readonly filters?: number;
}

/**
 * The decoders of FastGAN, which make a picture again from what its judge found in it: the whole of it from the coarse map,
 * and each quarter by itself from that quarter of the fine map, by blocks that double the sides, and a convolution with tanh:
 *
 *     coarse 8 x 8 -> 16 x 16 -> ... -> picture;   a quarter of fine 8 x 8 -> 16 x 16 -> ... -> a quarter of the picture
 *
 * It takes its maps by the judge's ports. In a game it is a network that whoever trains the judge trains as well, and any
 * term that compares two samples is the self-supervision:
 *
 *     const { fine, coarse } = discriminator.outputs;
 *     networks: { generator, discriminator, decoder: fastganDecoder({ sample, fine, coarse }) },
 *     samples: {
 *       seen: { by: 'discriminator', output: 'seen' },
 *       fine: { by: 'discriminator', output: 'fine' },
 *       coarse: { by: 'discriminator', output: 'coarse' },
 *       whole: { by: 'decoder', output: 'whole' },
 *       quarters: { by: 'decoder', output: 'quarters' }, ...
 *     },
 *     objective: [..., on({ left: 'seen', right: 'whole' }, l1()), on({ left: 'seen', right: 'quarters' }, l1())],
 *
 * The judge looks at the real picture once for all of it, and nothing is decoded of fakes.
 *
 * Unlike the paper, which draws one quarter for each batch, all four are made: the same on average. Decoders make no more
 * than 128 x 128, as in the paper; unlike there, where the real picture is made smaller to compare, places are repeated up to
 * the picture's side: of squared differences, the gradients are those against means.
 *
 * @returns A network that takes `fine` and `coarse`, and gives `whole` and `quarters` (put together to a picture), both of the
 *   shape of `sample` in (-1, 1).
 * @throws TypeError if the side of `sample` is no power of two from 32 to 1024, `filters` is no count, or a map is not 16 x 16
 *   or 8 x 8.
 * @see Liu et al. (2021), arXiv:2101.04775, section 3.2, figure 4.
 */
export function fastganDecoder<const S extends Shape>(
  options: FastganDecoderOptions<S>,
): Network<{ readonly fine: Shape; readonly coarse: Shape }, { readonly whole: S; readonly quarters: S }> {
  assertKnownOptions('fastganDecoder', options, ['sample', 'fine', 'coarse', 'filters']);
  const { sample, fine, coarse, filters = 32 } = options;
  const { side, channels, up } = fastganShape(sample, filters);
  assertMap('fine', fine, 16);
  assertMap('coarse', coarse, 8);
  return layersNetwork({
    inputs: { fine, coarse },
    outputs: { whole: sample, quarters: sample },
    model: () => {
      const [finer, coarser] = [input({ shape: [...fine] }), input({ shape: [...coarse] })];
      const made = kernels(true);
      const decoded = (from: SymbolicTensor, wanted: number, name: string): SymbolicTensor => {
        const to = Math.min(wanted, 128);
        const map = sidesBetween(16, to).reduce(
          (x, of) => gatedUp(x, { filters: up(of), name: `${name}.map${of}`, kernels: made }),
          from,
        );
        const conv = made.conv2d({ filters: channels, kernelSize: 3, useBias: false, name: `${name}.picture` });
        const picture = chain(map, conv, layers.activation({ activation: 'tanh' }));
        return to === wanted ? picture : chain(picture, layers.upSampling2d({ size: [wanted / to, wanted / to] }));
      };
      const parts = decoded(chain(finer, quartersApart()), side / 2, 'quarters');
      return model({
        inputs: [finer, coarser],
        outputs: [decoded(coarser, side, 'whole'), chain(parts, quartersTogether())],
      });
    },
  });
}

function assertMap(name: string, map: Shape, side: number): void {
  const given = Array.isArray(map) ? map : [];
  if (given.length === 3 && given[0] === side && given[1] === side) return;
  throw new TypeError(`${name} must be a map [${side}, ${side}, channels], but is ${shown(map)}`);
}
