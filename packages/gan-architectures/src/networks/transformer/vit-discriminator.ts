import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { kernels } from '../../blocks/kernels.js';
import type { Normalized } from '../../blocks/normalized.js';
import { transformerBlock } from '../../blocks/transformer-block.js';
import { chain, modelInputs } from '../../chain.js';
import { layerNormalization } from '../../layers/layer-normalization.js';
import { learnedConstant } from '../../layers/learned-constant.js';
import { styleAt } from '../../layers/styles.js';
import { type VitSize, vitShape } from './vit-shape.js';

/** Options of `vitDiscriminator`, named like its ports. */
export interface VitDiscriminatorOptions<S extends Shape = Shape> extends VitSize {
  /** `[side, side, channels]` */
  readonly sample: S;
  /** Pixels that a patch sees beyond each of its sides; half a patch, rounded down, unless said. */
  readonly overlap?: number;
}

/**
 * The judge of ViTGAN: patches that overlap, beside a learned row for the score, go through blocks of a transformer:
 *
 *     z = [row; embedding(patches)] + positions,    score = dense(norm(first row of blocks(z)))
 *
 * It is kept smooth by attention by distance, with one kernel for queries and keys, and by the paper's improved spectral
 * norm: each kernel W of the transformer is divided by its largest singular value, and multiplied by that which it started
 * with, since kernels divided alone let it collapse. R1 and `consistency()` of @gan/losses go with it.
 *
 * @returns A network that takes `sample`, and gives a linear `score` `[batch, 1]`.
 * @throws TypeError if the picture does not divide into patches, the width not into heads, or a count is none.
 * @see Lee et al. (2022), arXiv:2107.04589, section 3.1; Kim, Papamakarios, Mnih (2021), arXiv:2006.04710.
 */
export function vitDiscriminator<const S extends Shape>(
  options: VitDiscriminatorOptions<S>,
): Network<{ readonly sample: S }, { readonly score: 'linear' }> {
  assertKnownOptions('vitDiscriminator', options, ['sample', 'patch', 'width', 'blocks', 'heads', 'overlap']);
  const { sample, overlap: beyond, ...size } = options;
  const { patch, width, blocks, heads, patches } = vitShape(sample, size);
  const overlap = beyond ?? Math.floor(patch / 2);
  assertCount('overlap', overlap, 0);
  return layersNetwork({
    inputs: { sample },
    outputs: { score: 'linear' },
    model: () => {
      const { inputs, main } = modelInputs(sample, undefined);
      const made = kernels('improved');
      const normalized: Normalized = (x, name) => chain(x, layerNormalization({ name: `${name}.norm` }));
      const seen = chain(
        main,
        made.conv2d({ filters: width, kernelSize: patch + 2 * overlap, strides: patch, name: 'patches' }),
        layers.reshape({ targetShape: [patches ** 2, width] }),
      );
      const learned = (rows: number, name: string) =>
        chain(main, learnedConstant({ shape: [rows, width], deviation: 0.02, name }));
      const sequence = chain([learned(1, 'row'), seen], layers.concatenate({ axis: 1 }));
      const start = chain([sequence, learned(patches ** 2 + 1, 'positions')], layers.add());
      const last = Array.from({ length: blocks }).reduce<SymbolicTensor>((x, _, k) => {
        const name = `block${k + 1}`;
        return transformerBlock(x, { name, heads, kernels: made, normalized, lipschitz: true });
      }, start);
      const row = chain(last, styleAt({ layer: 0 }));
      return model({ inputs, outputs: chain(normalized(row, 'score'), made.dense({ units: 1, name: 'score' })) });
    },
  });
}
