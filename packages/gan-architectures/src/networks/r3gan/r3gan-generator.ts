import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beside, chain, flat, modelInputs } from '../../chain.js';
import { filteredUpsampling } from '../../layers/filtered-resampling.js';
import { learnedConstant } from '../../layers/learned-constant.js';
import { conditioned, type GeneratorPortOptions, type LatentInputs, latentsShape } from '../../ports.js';
import { normalKernel, pointwise, r3ganBlocks, widened } from './r3gan-layers.js';
import { type R3ganSize, r3ganShape } from './r3gan-shape.js';

/** Options of `r3ganGenerator`: the side of a sample is a power of two from 8 on; the authors' code has 64 latents. */
export interface R3ganGeneratorOptions<
  S extends Shape = Shape,
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> extends GeneratorPortOptions<S, L, C>,
    R3ganSize {}

/**
 * The generator of R3GAN (configuration E): learned maps of 4 x 4, each times a number that is linear in the latents, then
 * residual blocks without norms, two a side, between which the sides double by interpolation with [1, 3, 3, 1]:
 *
 *     latents -> 4 x 4 -> blocks -> up -> 8 x 8 -> blocks -> ... -> blocks -> 1 x 1 -> picture
 *
 * A class is a learned row beside the latents, of as many numbers. It goes with `r3ganDiscriminator` under the objective
 * `[relativistic(), r1({ gamma }), r2({ gamma })]`, with Adam's beta1 = 0.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `sample` `[batch, side, side, channels]`, linear.
 * @throws TypeError if the side of `sample` is no power of two from 8 on, a count is none, or `perGroup` does not divide.
 * @see Huang et al. (2024), arXiv:2501.05441, section 3.3, and the authors' code.
 */
export function r3ganGenerator<
  const S extends Shape,
  const L extends number | Shape,
  const C extends number | undefined = undefined,
>(options: R3ganGeneratorOptions<S, L, C>): Network<LatentInputs<L, C>, { readonly sample: S }> {
  const known = ['sample', 'latents', 'classes', 'filters', 'widest', 'blocks', 'perGroup'] as const;
  assertKnownOptions('r3ganGenerator', options, known);
  const { sample, latents, classes, ...size } = options;
  const { stages, channels, ...how } = r3ganShape(sample, size);
  const port = latentsShape(latents);
  return layersNetwork({
    inputs: conditioned({ latents: port }, classes),
    outputs: { sample },
    model: () => {
      const { inputs, main, label } = modelInputs(port, classes);
      const dense = (x: SymbolicTensor, units: number, name: string) =>
        chain(x, layers.dense({ units, useBias: false, kernelInitializer: normalKernel(x.shape[1]!), name }));
      const row = flat(main);
      const code = label ? beside(row, dense(label, row.shape[1]!, 'classes')) : row;
      const [start, ...finer] = stages;
      const { side, filters } = start!;
      const weights = chain(dense(code, filters, 'start'), layers.reshape({ targetShape: [1, 1, filters] }));
      const basis = chain(code, learnedConstant({ shape: [side, side, filters], name: 'basis' }));
      const coarsest = r3ganBlocks(chain([basis, weights], layers.multiply()), start!, how);
      const finest = finer.reduce((map, stage) => {
        const up = chain(widened(map, stage.filters, `map${stage.side}`), filteredUpsampling());
        return r3ganBlocks(up, stage, how);
      }, coarsest);
      return model({ inputs, outputs: pointwise(finest, channels, 'picture') });
    },
  });
}
