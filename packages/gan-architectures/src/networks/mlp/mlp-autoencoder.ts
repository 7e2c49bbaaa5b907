import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model } from '@tensorflow/tfjs-layers';
import { chain, flat, modelInputs } from '../../chain.js';
import { assertShape } from '../../ports.js';
import { hiddenLayers } from './mlp-layers.js';

/** Options of `mlpAutoencoder`, named like its ports. */
export interface MlpAutoencoderOptions<S extends Shape = Shape> {
  /** The shape of a sample, as `[2]` for points of the plane. */
  readonly sample: S;
  /** How many numbers the code has, which everything goes through. */
  readonly features: number;
  /** Width of the hidden layers; 128 unless said. */
  readonly units?: number;
  /** Number of hidden layers on either side of the code; 2 unless said. */
  readonly layers?: number;
}

/**
 * A perceptron from samples of any shape to a code, and from it back to samples: hidden layers with leaky ReLU of 0.2,
 * dense layers to the code and to the sample. With `reconstructionEnergy` it is a judge of energy-based games.
 *
 * Unlike the papers, whose autoencoders of pictures are convolutions, all layers are dense, with He's initialisation.
 *
 * @returns A network that takes `sample`, and gives `sample` of the same shape and its code, `features` `[batch,
 *   features]`.
 * @throws TypeError if a shape or count is none.
 * @see Zhao, Mathieu, LeCun (2016), arXiv:1609.03126, section 2.3.
 */
export function mlpAutoencoder<const S extends Shape>(
  options: MlpAutoencoderOptions<S>,
): Network<{ readonly sample: S }, { readonly sample: S; readonly features: 'features' }> {
  assertKnownOptions('mlpAutoencoder', options, ['sample', 'features', 'units', 'layers']);
  const { sample, features, units = 128, layers: count = 2 } = options;
  assertShape('sample', sample);
  for (const [name, value] of Object.entries({ features, units, layers: count })) assertCount(name, value);
  const hidden = (name: string) =>
    hiddenLayers({ units, count, activation: () => layers.leakyReLU({ alpha: 0.2 }), name });
  return layersNetwork({
    inputs: { sample },
    outputs: { sample, features: 'features' },
    model: () => {
      const { inputs, main } = modelInputs(sample, undefined);
      const code = chain(flat(main), ...hidden('encoder'), layers.dense({ units: features, name: 'code' }));
      const rebuilt = chain(
        code,
        ...hidden('decoder'),
        layers.dense({ units: sample.reduce((size, axis) => size * axis, 1), name: 'sample' }),
        ...(sample.length === 1 ? [] : [layers.reshape({ targetShape: [...sample] })]),
      );
      return model({ inputs, outputs: [rebuilt, code] });
    },
  });
}
