import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type Kernels, kernels } from '../../blocks/kernels.js';
import { batchNormalized } from '../../blocks/normalized.js';
import { skipLayerExcitation } from '../../blocks/skip-layer-excitation.js';
import { chain, modelInputs } from '../../chain.js';
import { scaling } from '../../layers/scaling.js';
import { fastganShape, sidesBetween } from './fastgan-shape.js';

/** Options of `fastganDiscriminator`, named like its ports. */
export interface FastganDiscriminatorOptions<S extends Shape = Shape> {
  /** `[side, side, channels]`; the side is a power of two from 32 to 1024. */
  readonly sample: S;
  /** Channels of the map of 64; those of 8 have 8 times as many. 64, unless said, as in the authors' code. */
  readonly filters?: number;
}

/** A convolution without bias, with batch norm unless it is the first, and a leaky ReLU. */
const leaking = (x: SymbolicTensor, how: Parameters<Kernels['conv2d']>[0], { conv2d }: Kernels, first = false) => {
  const map = chain(x, conv2d({ useBias: false, ...how }));
  return chain(first ? map : batchNormalized(map, how.name), layers.leakyReLU({ alpha: 0.2 }));
};

/** Half the sides, by a strided convolution and another, and by means of four places: the mean of both ways. */
const halved = (x: SymbolicTensor, filters: number, name: string, made: Kernels): SymbolicTensor => {
  const first = leaking(x, { filters, kernelSize: 4, strides: 2, name: `${name}.first` }, made);
  const main = leaking(first, { filters, kernelSize: 3, name: `${name}.second` }, made);
  const means = chain(x, layers.averagePooling2d({ poolSize: 2 }));
  return chain([main, leaking(means, { filters, kernelSize: 1, name: `${name}.skip` }, made)], layers.average());
};

/**
 * The judge of FastGAN, an encoder as well: residual blocks that halve the sides down to 8 x 8, and a convolution of 4 x 4
 * over that, which scores 5 x 5 parts of the picture. A map of side s is excited by the one of 8 s:
 *
 *     picture -> conv (strided down to 256, if larger) -> residual blocks -> 16 x 16 -> 8 x 8 -> 1 x 1 -> 4 x 4 -> 5 x 5 scores
 *
 * All kernels are divided by their largest singular value, and have no bias. The last two maps come out beside the scores,
 * for `fastganDecoder` to make the picture from: so the judge must know of a real picture what is to be seen, and cannot
 * learn a hundred of them by heart. What they are compared with comes out, too: the picture as the judge saw it, which is
 * another one where the judge is `augmented`. Where nothing asks for all this, it costs nothing.
 *
 * Unlike the authors' code, it judges one picture, not a second one of 128 x 128. A picture of 32, which the paper has none
 * of, excites 8 x 8, four times smaller.
 *
 * @returns A network that takes `sample`, and gives a linear `score` `[batch, 5, 5, 1]`, `seen`, the sample, and the maps
 *   `fine` `[batch, 16, 16, 4 filters]` and `coarse` `[batch, 8, 8, 8 filters]`.
 * @throws TypeError if the side of `sample` is no power of two from 32 to 1024, or `filters` is no count.
 * @see Liu et al. (2021), arXiv:2101.04775, section 3.2, figure 4.
 */
export function fastganDiscriminator<const S extends Shape>(
  options: FastganDiscriminatorOptions<S>,
): Network<
  { readonly sample: S },
  { readonly score: 'linear'; readonly seen: S; readonly fine: Shape; readonly coarse: Shape }
> {
  assertKnownOptions('fastganDiscriminator', options, ['sample', 'filters']);
  const { sample, filters = 64 } = options;
  const { side, down } = fastganShape(sample, filters);
  const reach = Math.min(8, side / 8);
  return layersNetwork({
    inputs: { sample },
    outputs: { score: 'linear', seen: sample, fine: [16, 16, down(16)] as Shape, coarse: [8, 8, down(8)] as Shape },
    model: () => {
      const { inputs, main } = modelInputs(sample, undefined);
      const made = kernels(true);
      const finest = Math.min(side, 256);
      const window = side > finest ? { kernelSize: 4, strides: 2 } : { kernelSize: 3 };
      const entering = side > finest ? sidesBetween(side / 2, finest) : [side];
      const start = entering.reduce<SymbolicTensor>(
        (x, of, k) => leaking(x, { filters: down(of), ...window, name: `picture${of}` }, made, k === 0),
        main,
      );
      const maps = new Map([[finest, start]]);
      for (const of of sidesBetween(finest / 2, 8)) {
        const map = halved(maps.get(of * 2)!, down(of), `map${of}`, made);
        const by = maps.get(of * reach);
        maps.set(of, by ? skipLayerExcitation(map, { by, name: `map${of}.excited`, kernels: made }) : map);
      }
      const [fine, coarse] = [maps.get(16)!, maps.get(8)!];
      const score = chain(
        leaking(coarse, { filters: 2 * down(8), kernelSize: 1, name: 'features' }, made),
        made.conv2d({ filters: 1, kernelSize: 4, padding: 'valid', useBias: false, name: 'score' }),
      );
      return model({ inputs, outputs: [score, chain(main, scaling({ factor: 1 })), fine, coarse] });
    },
  });
}
