import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { model } from '@tensorflow/tfjs-layers';
import { modelInputs } from '../../chain.js';
import { type LatentInputs, latentsShape } from '../../ports.js';
import { vanishing } from './began-convolutions.js';
import { beganDecoder } from './began-decoder.js';
import { type BeganSize, beganShape } from './began-shape.js';

/** Options of `beganGenerator`, named like its ports. */
export interface BeganGeneratorOptions<S extends Shape = Shape, L extends number | Shape = number | Shape>
  extends BeganSize {
  /** `[side, side, channels]`; the side is a power of two from 8 on. */
  readonly sample: S;
  /** What it starts from: `64` is short for `[64]`, as many as in the paper, where they are uniform in [-1, 1]. */
  readonly latents: L;
  /** Whether each doubled map has the first one beside it; false unless said, an option in the paper. */
  readonly skips?: boolean;
}

/**
 * The generator of BEGAN, of the form of its judge's decoder: a dense layer to 8 x 8, convolutions of 3 x 3 with ELU, places
 * repeated to double the side, and a convolution to the picture, with no activation. For 32 x 32 x 3:
 *
 *     latents -> 8 x 8 x 128 -> 16 x 16 x 128 -> 32 x 32 x 128 -> 32 x 32 x 3
 *
 * `skips` and `fade` are the paper's options of section 3.5.1. Its latents are uniform in the paper:
 * `samples: { latents: { uniform: [64] } }` of `gan()`. Kernels start as Glorot's uniform.
 *
 * @returns A network that takes `latents`, and gives `sample` `[batch, side, side, channels]`, which nothing bounds.
 * @throws TypeError if the side of `sample` is no power of two from 8 on, or a count is none.
 * @see Berthelot, Schumm, Metz (2017), arXiv:1703.10717, section 3.5.
 */
export function beganGenerator<const S extends Shape, const L extends number | Shape>(
  options: BeganGeneratorOptions<S, L>,
): Network<LatentInputs<L>, { readonly sample: S }> {
  assertKnownOptions('beganGenerator', options, ['sample', 'latents', 'filters', 'repeats', 'skips', 'fade']);
  const { sample, latents, skips = false, ...size } = options;
  const shape = beganShape(sample, size);
  const port = latentsShape(latents);
  const network = layersNetwork({
    inputs: { latents: port },
    outputs: { sample },
    model: () => {
      const { inputs, main } = modelInputs(port, undefined);
      return model({ inputs, outputs: beganDecoder(main, shape, { prefix: '', skips }) });
    },
  });
  return vanishing(network, shape, [{ prefix: '', skips }]);
}
