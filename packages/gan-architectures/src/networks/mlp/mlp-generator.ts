import { assertCount, assertKnownOptions, assertOneOf, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { classEmbedding } from '../../blocks/class-condition.js';
import { beside, chain, flat, modelInputs } from '../../chain.js';
import { assertShape, conditioned, type GeneratorPortOptions, type LatentInputs, latentsShape } from '../../ports.js';
import { hiddenLayers } from './mlp-layers.js';

/** Options of `mlpGenerator`: a sample is of any shape, as `[2]` for points of the plane. */
export interface MlpGeneratorOptions<
  S extends Shape = Shape,
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> extends GeneratorPortOptions<S, L, C> {
  /** Width of the hidden layers; 128 unless said. */
  readonly units?: number;
  /** Number of hidden layers; 2 unless said. */
  readonly layers?: number;
  /** How many numbers stand for a class beside the latents; 8 unless said. */
  readonly embedding?: number;
  /** Of the last layer: `linear`, unless said, or `tanh` for samples in [-1, 1]. */
  readonly output?: 'linear' | 'tanh';
}

/**
 * A perceptron from latents to samples of any shape: hidden layers with ReLU, a dense layer, and the sample's shape. A
 * class is a learned row of numbers beside the latents.
 *
 * Unlike the paper, whose networks were of maxout and sigmoid units, all hidden units are rectified, with He's
 * initialisation.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `sample` `[batch, ...sample]`.
 * @throws TypeError if a shape or count is none.
 * @see Goodfellow et al. (2014), arXiv:1406.2661, section 5.
 */
export function mlpGenerator<
  const S extends Shape,
  const L extends number | Shape,
  const C extends number | undefined = undefined,
>(options: MlpGeneratorOptions<S, L, C>): Network<LatentInputs<L, C>, { readonly sample: S }> {
  assertKnownOptions('mlpGenerator', options, [
    'sample',
    'latents',
    'classes',
    'units',
    'layers',
    'embedding',
    'output',
  ]);
  const { sample, latents, classes, units = 128, layers: count = 2, embedding = 8, output = 'linear' } = options;
  assertShape('sample', sample);
  const port = latentsShape(latents);
  for (const [name, value] of Object.entries({ units, layers: count, embedding })) assertCount(name, value);
  assertOneOf('output', output, ['linear', 'tanh']);

  const point = (code: SymbolicTensor): SymbolicTensor =>
    chain(
      code,
      ...hiddenLayers({ units, count, activation: () => layers.reLU() }),
      layers.dense({
        units: sample.reduce((size, axis) => size * axis, 1),
        activation: output,
        kernelInitializer: 'glorotUniform',
        name: 'sample',
      }),
      ...(sample.length === 1 ? [] : [layers.reshape({ targetShape: [...sample] })]),
    );

  return layersNetwork({
    inputs: conditioned({ latents: port }, classes),
    outputs: { sample },
    model: () => {
      const { inputs, main, label } = modelInputs(port, classes);
      const code = label ? beside(flat(main), classEmbedding({ classes: label, width: embedding })) : flat(main);
      return model({ inputs, outputs: point(code) });
    },
  });
}
