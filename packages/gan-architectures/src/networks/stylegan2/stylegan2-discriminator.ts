import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { JudgeOutputs } from '../../blocks/judge-score.js';
import { scaledLeak } from '../../blocks/scaled-leak.js';
import { chain, flat, modelInputs } from '../../chain.js';
import { equalizedConv2d } from '../../layers/equalized-conv2d.js';
import { equalizedDense } from '../../layers/equalized-dense.js';
import { filteredDownsampling, filtering } from '../../layers/filtered-resampling.js';
import { minibatchStandardDeviation } from '../../layers/minibatch-standard-deviation.js';
import { pixelNormalization } from '../../layers/pixel-normalization.js';
import { scaling } from '../../layers/scaling.js';
import { conditioned, type JudgePortOptions, type SampleInputs } from '../../ports.js';
import { type Stylegan2Width, stylegan2Shape, stylegan2Width } from './stylegan2-shape.js';

/** Options of `stylegan2Discriminator`: the side of a sample is a power of two from 8 on. */
export interface Stylegan2DiscriminatorOptions<
  S extends Shape = Shape,
  C extends number | undefined = number | undefined,
> extends JudgePortOptions<S, C>,
    Stylegan2Width {
  /** How many samples are compared with each other; 4, unless said, as in the paper. The batch must be a multiple of it. */
  readonly group?: number;
}

/** One residual block: half the sides, filtered before places are left out, on both ways. */
const halved = (x: SymbolicTensor, filters: number, name: string): SymbolicTensor => {
  const main = chain(
    x,
    equalizedConv2d({ filters: x.shape[3]!, kernelSize: 3, name: `${name}.first` }),
    ...scaledLeak(),
    filtering({ padding: [2, 2] }),
    equalizedConv2d({ filters, kernelSize: 3, strides: 2, padding: 'valid', name: `${name}.second` }),
    ...scaledLeak(),
  );
  const skip = chain(
    x,
    filteredDownsampling(),
    equalizedConv2d({ filters, kernelSize: 1, useBias: false, name: `${name}.skip` }),
  );
  return chain([main, skip], layers.add(), scaling({ factor: Math.SQRT1_2 }));
};

/**
 * The discriminator of StyleGAN2: residual blocks that halve the sides down to 4 x 4, the standard deviation over groups of
 * the batch as one more channel, a convolution, and two dense layers, all with an equalised learning rate:
 *
 *     picture -> 1 x 1 -> residual blocks -> 4 x 4 -> minibatch standard deviation -> conv -> dense -> score
 *
 * With classes, the score is the product of the features and a learned row of the class, over sqrt(width).
 *
 * Unlike StyleGAN2-ADA, the row comes from one layer rather than a mapping network of eight.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score`, and what the last layer stands on as
 *   `features`, which need not be read.
 * @throws TypeError if the side of `sample` is no power of two from 8 on, or a count is none.
 * @see Karras et al. (2020), arXiv:1912.04958, section 4.1, figure 7; Karras et al. (2020), arXiv:2006.06676, for classes.
 */
export function stylegan2Discriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: Stylegan2DiscriminatorOptions<S, C>,
): Network<SampleInputs<S, C>, JudgeOutputs> {
  assertKnownOptions('stylegan2Discriminator', options, ['sample', 'classes', 'filters', 'widest', 'group']);
  const { sample, classes, group = 4, ...widths } = options;
  const { sides } = stylegan2Shape(sample);
  assertCount('group', group);
  const filtersAt = stylegan2Width(sides.at(-1)!, widths);
  const width = filtersAt(4);
  return layersNetwork({
    inputs: conditioned({ sample }, classes),
    outputs: { score: 'linear', features: 'features' },
    model: () => {
      const { inputs, main, label } = modelInputs(sample, classes);
      const [finest = 8, ...coarser] = [...sides].reverse();
      const start = chain(
        main,
        equalizedConv2d({ filters: filtersAt(finest), kernelSize: 1, name: 'picture' }),
        ...scaledLeak(),
      );
      const coarse = coarser.reduce((map, side) => halved(map, filtersAt(side), `map${2 * side}`), start);
      const compared = chain(
        coarse,
        minibatchStandardDeviation({ group }),
        equalizedConv2d({ filters: width, kernelSize: 3, name: 'compared' }),
        ...scaledLeak(),
      );
      const features = chain(flat(compared), equalizedDense({ units: width, name: 'features' }), ...scaledLeak());
      if (!label)
        return model({ inputs, outputs: [chain(features, equalizedDense({ units: 1, name: 'score' })), features] });
      const row = chain(label, equalizedDense({ units: width, name: 'classes' }), pixelNormalization());
      const product = chain(
        [chain(features, equalizedDense({ units: width, name: 'score' })), row],
        layers.dot({ axes: 1 }),
      );
      return model({ inputs, outputs: [chain(product, scaling({ factor: 1 / Math.sqrt(width) })), features] });
    },
  });
}
