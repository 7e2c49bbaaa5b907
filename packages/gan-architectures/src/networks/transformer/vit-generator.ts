import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { conditionalNormalization } from '../../blocks/conditional-normalization.js';
import { kernels } from '../../blocks/kernels.js';
import type { Normalized } from '../../blocks/normalized.js';
import { scaledLeak } from '../../blocks/scaled-leak.js';
import { transformerBlock } from '../../blocks/transformer-block.js';
import { chain, flat, modelInputs } from '../../chain.js';
import { coordinateFeatures } from '../../layers/coordinate-features.js';
import { equalizedDense } from '../../layers/equalized-dense.js';
import { learnedConstant } from '../../layers/learned-constant.js';
import { pixelNormalization } from '../../layers/pixel-normalization.js';
import { pixelShuffle } from '../../layers/pixel-shuffle.js';
import { sine } from '../../layers/sine.js';
import { type LatentInputs, latentsShape } from '../../ports.js';
import { type VitSize, vitShape } from './vit-shape.js';

/** Options of `vitGenerator`, named like its ports. */
export interface VitGeneratorOptions<S extends Shape = Shape, L extends number | Shape = number | Shape>
  extends VitSize {
  /** `[side, side, channels]` */
  readonly sample: S;
  /** What it starts from: `384` is short for `[384]`. */
  readonly latents: L;
  /** Dense layers of the mapping from latents to a style; 8, unless said, as in the authors' program. */
  readonly mapping?: number;
}

/**
 * The generator of ViTGAN: a learned sequence, one row for each patch of the picture, goes through blocks of a transformer whose
 * layer norms are told their scales and offsets by the latents; then a small perceptron draws each patch, pixel by pixel:
 *
 *     style = mapping(latents),    y = SLN(blocks(positions), style),    SLN(h, w) = norm(h) * (1 + scale(w)) + shift(w)
 *     pixel at x of patch i = tanh(dense(sin(dense(fourier(x)) + dense(y_i))))
 *
 * The mapping is StyleGAN2's. The paper leaves open how the perceptron takes both the place and the patch: here they are side by
 * side before its first layer, which is the sum of a layer of each.
 *
 * Unlike the paper, which does not say what keeps pixels in their range, a tanh does.
 *
 * @returns A network that takes `latents`, and gives `sample` `[batch, side, side, channels]` in (-1, 1).
 * @throws TypeError if the picture does not divide into patches, the width not into heads, or a count is none.
 * @see Lee et al. (2022), arXiv:2107.04589, section 3.2; the authors' program, for the mapping.
 */
export function vitGenerator<const S extends Shape, const L extends number | Shape>(
  options: VitGeneratorOptions<S, L>,
): Network<LatentInputs<L>, { readonly sample: S }> {
  const known = ['sample', 'latents', 'patch', 'width', 'blocks', 'heads', 'mapping'] as const;
  assertKnownOptions('vitGenerator', options, known);
  const { sample, latents, mapping = 8, ...size } = options;
  const { patch, width, blocks, heads, channels, patches } = vitShape(sample, size);
  assertCount('mapping', mapping);
  const port = latentsShape(latents);
  return layersNetwork({
    inputs: { latents: port },
    outputs: { sample },
    model: () => {
      const { inputs, main } = modelInputs(port, undefined);
      const made = kernels(false);
      const mapped = Array.from({ length: mapping }, (_, k) => [
        equalizedDense({ units: width, rate: 0.01, name: `mapping${k}` }),
        ...scaledLeak(),
      ]);
      const style = chain(flat(main), pixelNormalization(), ...mapped.flat());
      const normalized: Normalized = (x, name) =>
        conditionalNormalization(x, { condition: style, norm: 'layer', gain: 1, name });
      const positions = chain(style, learnedConstant({ shape: [patches ** 2, width], name: 'positions' }));
      const last = Array.from({ length: blocks }).reduce<SymbolicTensor>(
        (x, _, k) => transformerBlock(x, { name: `block${k + 1}`, heads, kernels: made, normalized }),
        positions,
      );
      const rows = chain(
        normalized(last, 'patches'),
        made.dense({ units: width, useBias: false, name: 'patches' }),
        layers.reshape({ targetShape: [patches ** 2, 1, width] }),
      );
      const places = chain(
        style,
        coordinateFeatures({ side: patch, features: width, name: 'places' }),
        made.dense({ units: width, name: 'pixels' }),
        layers.reshape({ targetShape: [1, patch ** 2, width] }),
      );
      const drawn = chain(
        [rows, places],
        layers.add(),
        sine(),
        made.dense({ units: channels, name: 'picture' }),
        layers.reshape({ targetShape: [patches, patches, patch ** 2 * channels] }),
        pixelShuffle({ factor: patch }),
        layers.activation({ activation: 'tanh' }),
      );
      return model({ inputs, outputs: drawn });
    },
  });
}
