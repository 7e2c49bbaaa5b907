import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { drawnPicture } from '../../blocks/drawn-picture.js';
import { firstMap } from '../../blocks/first-map.js';
import { kernels, orthogonal } from '../../blocks/kernels.js';
import { residualUp } from '../../blocks/residual.js';
import { selfAttention } from '../../blocks/self-attention.js';
import { chain, flat, modelInputs } from '../../chain.js';
import { styleAt } from '../../layers/styles.js';
import { conditioned, type GeneratorPortOptions, type LatentInputs, latentsShape } from '../../ports.js';
import { joined, normalizedBy, sharedEmbedding } from './biggan-condition.js';
import { type BigganSize, biggan, bigganUp } from './biggan-table.js';

/**
 * Options of `bigganGenerator`: the side of a sample is 28, 32, 64, 128, 256 or 512. There are 120 latents at 128 in the
 * paper: a chunk for the start, and one for each block.
 */
export interface BigganGeneratorOptions<
  S extends Shape = Shape,
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> extends GeneratorPortOptions<S, L, C>,
    BigganSize {
  /** How many numbers say to all blocks what a class is; 128 unless said. */
  readonly embedding?: number;
}

/**
 * BigGAN's generator: latents are split, a chunk for a dense layer to the first map, and one for each of the residual blocks
 * that double the sides, which with a row that the blocks share for the class scales and shifts behind its batch norms.
 * For 128 x 128 x 3, of 6 chunks:
 *
 *     latents -> 4 x 4 x 1536 -> 8 x 8 x 1536 -> 16 x 16 x 768 -> 32 x 32 x 384 -> 64 x 64 x 192, attending -> 128 x 128 x 96 -> 3
 *
 * All kernels but that of the classes are divided by their largest singular value, and start orthogonal. To be trained with
 * `hinge()`, and for the truncation of `sample` with `orthogonal({ weight: 1e-4, side: 'generator' })` of @gan/losses.
 *
 * Unlike the paper's tables, and as in its authors' code, the start does not see the class. Unlike the paper, 1e-5 is under
 * the roots of batch norm, as there, and not the 1e-4 that low precision asks for.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `sample` `[batch, side, side, channels]` in (-1, 1).
 * @throws TypeError if the side of `sample` is not in the table, latents do not split evenly, `attention` is no side of a
 *   map, or a count is none.
 * @see Brock, Donahue, Simonyan (2019), arXiv:1809.11096, section 3 and appendix B, tables 4 to 6.
 */
export function bigganGenerator<
  const S extends Shape,
  const L extends number | Shape,
  const C extends number | undefined = undefined,
>(options: BigganGeneratorOptions<S, L, C>): Network<LatentInputs<L, C>, { readonly sample: S }> {
  assertKnownOptions('bigganGenerator', options, ['sample', 'latents', 'classes', 'filters', 'attention', 'embedding']);
  const { sample, latents, classes, embedding = 128, ...size } = options;
  assertCount('embedding', embedding);
  const { start, maps, attending } = bigganUp(sample, size, biggan);
  const port = latentsShape(latents);
  const chunk = chunkOf(port, maps.length + 1);
  return layersNetwork({
    inputs: conditioned({ latents: port }, classes),
    outputs: { sample },
    model: () => {
      const { inputs, main, label } = modelInputs(port, classes);
      const made = kernels(true, orthogonal);
      const shared = sharedEmbedding(label, embedding);
      const chunks = chain(flat(main), layers.reshape({ targetShape: [maps.length + 1, chunk] }));
      const chunkFor = (k: number) => chain(chunks, styleAt({ layer: k, name: `latents${k}` }));
      const coarsest = firstMap(chunkFor(0), start, made);
      const finest = maps.reduce<SymbolicTensor>((x, map, k) => {
        const normalized = normalizedBy(joined([...shared, chunkFor(k + 1)]), made);
        const y = residualUp(x, { filters: map.filters, name: `block${k + 1}`, kernels: made, normalized });
        return map === attending ? selfAttention(y, made) : y;
      }, coarsest);
      return model({ inputs, outputs: drawnPicture(finest, sample[2]!, made) });
    },
  });
}

/** The width of each of so many chunks of latents. */
function chunkOf(latents: Shape, chunks: number): number {
  const size = latents.reduce((all, axis) => all * axis, 1);
  if (size % chunks !== 0)
    throw new TypeError(
      `latents must be a multiple of ${chunks}, a chunk for the start and one for each block, but are ${size}`,
    );
  return size / chunks;
}
