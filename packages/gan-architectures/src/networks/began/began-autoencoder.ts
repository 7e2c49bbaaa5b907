import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { kernels } from '../../blocks/kernels.js';
import { chain, flat, modelInputs } from '../../chain.js';
import { beganConvolution, beganConvolutions, vanishing } from './began-convolutions.js';
import { beganDecoder } from './began-decoder.js';
import { type BeganShape, type BeganSize, beganShape } from './began-shape.js';

/** Options of `beganAutoencoder`, named like its ports. */
export interface BeganAutoencoderOptions<S extends Shape = Shape> extends BeganSize {
  /** `[side, side, channels]`; the side is a power of two from 8 on. */
  readonly sample: S;
  /** How many numbers the code has, which everything goes through; 64 unless said, as in the paper. */
  readonly features?: number;
  /** Whether each doubled map of the decoder has its first one beside it; false unless said, an option in the paper. */
  readonly skips?: boolean;
}

/**
 * The autoencoder of BEGAN, which is a judge by `reconstructionEnergy(beganAutoencoder({ sample }), { power: 1 })`:
 * convolutions of 3 x 3 with ELU, those that halve the side by a stride add as many channels as there were at first; a dense
 * layer to the code, another from it, and the decoder that is the generator's, too. For 32 x 32 x 3:
 *
 *     32 x 32 x 128 -> 16 x 16 x 256 -> 8 x 8 x 384 -> code -> 8 x 8 x 128 -> 16 x 16 x 128 -> 32 x 32 x 128 -> 32 x 32 x 3
 *
 * `skips` and `fade` are the paper's options of section 3.5.1. Kernels start as Glorot's uniform. Where the data lie far from
 * grey, both networks are to be `centered()`.
 *
 * @returns A network that takes `sample`, and gives `sample` of the same shape, and its code, `features` `[batch, features]`.
 * @throws TypeError if the side of `sample` is no power of two from 8 on, or a count is none.
 * @see Berthelot, Schumm, Metz (2017), arXiv:1703.10717, section 3.5 and figure 1.
 */
export function beganAutoencoder<const S extends Shape>(
  options: BeganAutoencoderOptions<S>,
): Network<{ readonly sample: S }, { readonly sample: S; readonly features: 'features' }> {
  assertKnownOptions('beganAutoencoder', options, ['sample', 'features', 'filters', 'repeats', 'skips', 'fade']);
  const { sample, features = 64, skips = false, ...size } = options;
  const shape = beganShape(sample, size);
  assertCount('features', features);
  const network = layersNetwork({
    inputs: { sample },
    outputs: { sample, features: 'features' },
    model: () => {
      const { inputs, main } = modelInputs(sample, undefined);
      const code = encoded(main, shape, features);
      return model({ inputs, outputs: [beganDecoder(code, shape, { prefix: 'decoder.', skips }), code] });
    },
  });
  return vanishing(network, shape, [
    { prefix: 'encoder.', skips: false },
    { prefix: 'decoder.', skips },
  ]);
}

function encoded(
  picture: SymbolicTensor,
  { sides, filters, repeats, fade }: BeganShape,
  features: number,
): SymbolicTensor {
  const first = chain(picture, ...beganConvolution(filters, 'encoder.picture'));
  const coarsest = [...sides].reverse().reduce((map, side, k) => {
    const name = `encoder.map${side}`;
    const wide = (k + 1) * filters;
    const halved = k === 0 ? map : chain(map, ...beganConvolution(wide, `${name}.halved`, 2));
    return beganConvolutions(halved, { filters: wide, repeats, fade, name });
  }, first);
  return chain(flat(coarsest), kernels(false).dense({ units: features, name: 'encoder.code' }));
}
