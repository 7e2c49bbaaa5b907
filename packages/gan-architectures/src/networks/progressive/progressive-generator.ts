import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { fadedByStep } from '../../blocks/faded-by-step.js';
import { growingConv2d, growingLeak } from '../../blocks/growing-layers.js';
import { growingPicture } from '../../blocks/growing-picture.js';
import { type Growing, growth } from '../../blocks/growth.js';
import { beside, chain, flat, modelInputs } from '../../chain.js';
import { addedBias } from '../../layers/added-bias.js';
import { equalizedDense } from '../../layers/equalized-dense.js';
import { pixelNormalization } from '../../layers/pixel-normalization.js';
import { conditioned, type GeneratorPortOptions, type LatentInputs, latentsShape } from '../../ports.js';

/**
 * Options of `progressiveGenerator`: the side of a sample, of a stage, is a power of two from 4 on; the paper has 512
 * latents.
 */
export interface ProgressiveGeneratorOptions<
  S extends Shape = Shape,
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> extends GeneratorPortOptions<S, L, C>,
    Growing {}

/**
 * The generator of progressive growing: latents, on a sphere, become a map of 4 x 4, and two convolutions for every side
 * follow, the first behind a doubling that repeats each place; all with an equalised learning rate, a leaky ReLU of 0.2 and
 * pixel norm. The finest map becomes the picture:
 *
 *     latents -> dense -> conv -> 4 x 4 -> up -> conv -> conv -> ... -> picture
 *
 * With `fade`, a stage begins as the generator of half the side, whose picture is doubled, and in so many steps goes over to
 * its own,
 *
 *     picture = share own + (1 - share) up(before),     share = min(1, step / fade)
 *
 * Its layers are named by side, so that a game which starts `from` that of the stage before takes all that it had.
 * Classes go beside the latents, one-hot.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `sample` `[batch, side, side, channels]`, linear.
 * @throws TypeError if the side of `sample` is no power of two from 4 on, `growsTo` none from there on, a count is none, or
 *   there is no side to fade from.
 * @see Karras et al. (2018), arXiv:1710.10196, sections 2 and 4, table 2.
 */
export function progressiveGenerator<
  const S extends Shape,
  const L extends number | Shape,
  const C extends number | undefined = undefined,
>(options: ProgressiveGeneratorOptions<S, L, C>): Network<LatentInputs<L, C>, { readonly sample: S }> {
  const known = ['sample', 'latents', 'classes', 'filters', 'widest', 'growsTo', 'fade'] as const;
  assertKnownOptions('progressiveGenerator', options, known);
  const { sample, latents, classes, ...growing } = options;
  const grown = growth(sample, growing);
  const { sides, filtersAt } = grown;
  const port = latentsShape(latents);
  const network = layersNetwork({
    inputs: conditioned({ latents: port }, classes),
    outputs: { sample },
    model: () => {
      const { inputs, main, label } = modelInputs(port, classes);
      const ended = () => [growingLeak(), pixelNormalization()];
      const convolved = (map: SymbolicTensor, side: number, name: string): SymbolicTensor =>
        chain(map, growingConv2d(filtersAt(side), 3, `map${side}.${name}`), ...ended());
      const code = label ? beside(flat(main), label) : flat(main);
      const start = chain(
        code,
        pixelNormalization(),
        equalizedDense({ units: 16 * filtersAt(4), gain: Math.SQRT2 / 4, useBias: false, name: 'map4.first' }),
        layers.reshape({ targetShape: [4, 4, filtersAt(4)] }),
        addedBias({ name: 'map4.first.bias' }),
        ...ended(),
      );
      const maps = [convolved(start, 4, 'second')];
      for (const side of sides.slice(1)) {
        const doubled = chain(maps.at(-1)!, layers.upSampling2d({ size: [2, 2] }));
        maps.push(convolved(convolved(doubled, side, 'first'), side, 'second'));
      }
      return model({ inputs, outputs: growingPicture(maps, grown) });
    },
  });
  return fadedByStep(network, grown.fade, `map${sides.at(-1)}.fade`);
}
