import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model } from '@tensorflow/tfjs-layers';
import { chain, flat, modelInputs } from '../../chain.js';
import { filteredDownsampling } from '../../layers/filtered-resampling.js';
import { groupedConv2d } from '../../layers/grouped-conv2d.js';
import { conditioned, type JudgePortOptions, type SampleInputs } from '../../ports.js';
import { normalKernel, pointwise, r3ganBlocks, widened } from './r3gan-layers.js';
import { type R3ganSize, r3ganShape } from './r3gan-shape.js';

/** Options of `r3ganDiscriminator`: the side of a sample is a power of two from 8 on. */
export interface R3ganDiscriminatorOptions<S extends Shape = Shape, C extends number | undefined = number | undefined>
  extends JudgePortOptions<S, C>,
    R3ganSize {}

/**
 * The discriminator of R3GAN (configuration E), the generator's mirror image: residual blocks without norms, two a side,
 * between which the sides halve, filtered with [1, 3, 3, 1], and at last one 4 x 4 filter for each channel:
 *
 *     picture -> 1 x 1 -> blocks -> down -> ... -> 4 x 4 -> blocks -> depthwise 4 x 4 -> features -> score
 *
 * With classes, the score is the product of as many features as the last map has channels with a learned row of the class.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score` `[batch, 1]`.
 * @throws TypeError if the side of `sample` is no power of two from 8 on, a count is none, or `perGroup` does not divide.
 * @see Huang et al. (2024), arXiv:2501.05441, section 3.3, and the authors' code.
 */
export function r3ganDiscriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: R3ganDiscriminatorOptions<S, C>,
): Network<SampleInputs<S, C>, { readonly score: 'linear' }> {
  const known = ['sample', 'classes', 'filters', 'widest', 'blocks', 'perGroup'] as const;
  assertKnownOptions('r3ganDiscriminator', options, known);
  const { sample, classes, ...size } = options;
  const { stages, ...how } = r3ganShape(sample, size);
  return layersNetwork({
    inputs: conditioned({ sample }, classes),
    outputs: { score: 'linear' },
    model: () => {
      const { inputs, main, label } = modelInputs(sample, classes);
      const [finest, ...coarser] = [...stages].reverse();
      const start = r3ganBlocks(pointwise(main, finest!.filters, 'picture'), finest!, how);
      const coarsest = coarser.reduce((map, stage) => {
        const down = widened(chain(map, filteredDownsampling()), stage.filters, `map${stage.side}`);
        return r3ganBlocks(down, stage, how);
      }, start);
      const { side, filters } = stages[0]!;
      const one = { kernelSize: side, padding: 'valid', useBias: false } as const;
      const features = flat(chain(coarsest, groupedConv2d({ filters, groups: filters, ...one, name: 'basis' })));
      const dense = (units: number, deviation: ReturnType<typeof normalKernel>, name: string) =>
        layers.dense({ units, useBias: false, kernelInitializer: deviation, name });
      if (!label) return model({ inputs, outputs: chain(features, dense(1, normalKernel(filters), 'score')) });
      const directions = chain(features, dense(filters, normalKernel(filters), 'score'));
      const row = chain(label, dense(filters, normalKernel(classes! * filters), 'classes'));
      return model({ inputs, outputs: chain([directions, row], layers.dot({ axes: 1 })) });
    },
  });
}
