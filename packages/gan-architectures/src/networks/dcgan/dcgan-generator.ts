import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { classEmbedding } from '../../blocks/class-condition.js';
import { batchNorm } from '../../blocks/normalized.js';
import { beside, chain, flat, modelInputs } from '../../chain.js';
import { assertPicture } from '../../picture.js';
import { conditioned, type GeneratorPortOptions, type LatentInputs, latentsShape } from '../../ports.js';
import { dcganKernel, transposedConvolution } from './dcgan-layers.js';
import { pyramid } from './pyramid.js';

/** Options of `dcganGenerator`: the side of a sample is 3 to 8 times a power of two; the paper has 100 latents. */
export interface DcganGeneratorOptions<
  S extends Shape = Shape,
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> extends GeneratorPortOptions<S, L, C> {
  /** Channels of the finest map; they double with every halving of the side, to 8 times as many. 64 unless said. */
  readonly filters?: number;
  /** How many numbers stand for a class beside the latents; 32 unless said. */
  readonly embedding?: number;
}

/**
 * The generator of DCGAN: a dense layer to a map with a side of 3 to 7, and transposed convolutions that double the side
 * and halve the channels, each with batch norm and ReLU, the last with neither but a bias and tanh. For 28 x 28 x 1:
 *
 *     latents -> 7 x 7 x 128 -> 14 x 14 x 64 -> 28 x 28 x 1
 *
 * A class is a learned row of numbers beside the latents. All kernels start out normal with a deviation of 0.02, the rows
 * of classes with one of 1, like latents. Batch norm has the constants of PyTorch's, and normalises the first map number
 * by number.
 *
 * Unlike the paper, kernels are 4 x 4 rather than 5 x 5, and `filters` is 64 rather than 128: PyTorch's own DCGAN.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `sample` `[batch, side, side, channels]` in (-1, 1).
 * @throws TypeError if `sample` is no square picture or of a side that doubling does not reach, or a count is none.
 * @see Radford, Metz, Chintala (2016), arXiv:1511.06434, section 3 and figure 1; Mirza, Osindero (2014),
 * arXiv:1411.1784, for the class beside the latents.
 */
export function dcganGenerator<
  const S extends Shape,
  const L extends number | Shape,
  const C extends number | undefined = undefined,
>(options: DcganGeneratorOptions<S, L, C>): Network<LatentInputs<L, C>, { readonly sample: S }> {
  assertKnownOptions('dcganGenerator', options, ['sample', 'latents', 'classes', 'filters', 'embedding']);
  const { sample, latents, classes, filters = 64, embedding = 32 } = options;
  const shape: Shape = sample;
  assertPicture(shape);
  const [side, , channels] = shape;
  const { start, widths, stride } = pyramid(side, filters);
  assertCount('embedding', embedding);
  const port = latentsShape(latents);
  const [coarsest = filters, ...finer] = [...widths].reverse();

  const picture = (code: SymbolicTensor): SymbolicTensor =>
    chain(
      code,
      layers.dense({
        units: start * start * coarsest,
        useBias: false,
        kernelInitializer: dcganKernel(),
        name: 'start',
      }),
      batchNorm('start'),
      layers.reLU(),
      layers.reshape({ targetShape: [start, start, coarsest] }),
      ...finer.flatMap((width, k) => [
        transposedConvolution({ filters: width, stride, useBias: false, name: `map${start * stride ** (k + 1)}` }),
        batchNorm(`map${start * stride ** (k + 1)}`),
        layers.reLU(),
      ]),
      transposedConvolution({ filters: channels, stride, useBias: true, name: 'picture' }),
      layers.activation({ activation: 'tanh' }),
    );

  return layersNetwork({
    inputs: conditioned({ latents: port }, classes),
    outputs: { sample },
    model: () => {
      const { inputs, main, label } = modelInputs(port, classes);
      const code = label ? beside(flat(main), classEmbedding({ classes: label, width: embedding })) : flat(main);
      return model({ inputs, outputs: picture(code) });
    },
  });
}
