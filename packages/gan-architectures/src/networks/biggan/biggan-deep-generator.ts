import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { bottleneckUp } from '../../blocks/bottleneck.js';
import { drawnPicture } from '../../blocks/drawn-picture.js';
import { firstMap } from '../../blocks/first-map.js';
import { kernels, orthogonal } from '../../blocks/kernels.js';
import { selfAttention } from '../../blocks/self-attention.js';
import { flat, modelInputs } from '../../chain.js';
import { conditioned, type GeneratorPortOptions, type LatentInputs, latentsShape } from '../../ports.js';
import { joined, normalizedBy, sharedEmbedding } from './biggan-condition.js';
import { assertQuarters, type BigganSize, bigganDeep, bigganUp } from './biggan-table.js';

/** Options of `bigganDeepGenerator`: the side of a sample is 28, 32, 64, 128, 256 or 512; the paper has 128 latents. */
export interface BigganDeepGeneratorOptions<
  S extends Shape = Shape,
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> extends GeneratorPortOptions<S, L, C>,
    BigganSize {
  /** How many numbers say to all blocks what a class is; 128 unless said. */
  readonly embedding?: number;
}

/**
 * BigGAN-deep's generator: twice as many blocks as BigGAN's, each with a bottleneck of four convolutions, every second of
 * which doubles the sides. All latents, beside a row that the blocks share for the class, go into the start and into the
 * scales and offsets behind every batch norm. For 128 x 128 x 3, two blocks an arrow after the first:
 *
 *     latents -> 4 x 4 x 2048 -> 8 x 8 x 2048 -> 16 x 16 x 1024 -> 32 x 32 x 512 -> 64 x 64 x 256, attending -> 128 x 128 x 128 -> 3
 *
 * All kernels but that of the classes are divided by their largest singular value, and start orthogonal. Training and
 * truncation are as for `bigganGenerator`.
 *
 * Unlike the paper, 1e-5 is under the roots of batch norm, and not the 1e-4 that low precision asks for.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `sample` `[batch, side, side, channels]` in (-1, 1).
 * @throws TypeError if the side of `sample` is not in the table, `filters` gives a map without whole quarters, `attention` is
 *   no side of a map, or a count is none.
 * @see Brock, Donahue, Simonyan (2019), arXiv:1809.11096, appendix B, tables 7 to 9.
 */
export function bigganDeepGenerator<
  const S extends Shape,
  const L extends number | Shape,
  const C extends number | undefined = undefined,
>(options: BigganDeepGeneratorOptions<S, L, C>): Network<LatentInputs<L, C>, { readonly sample: S }> {
  const known = ['sample', 'latents', 'classes', 'filters', 'attention', 'embedding'] as const;
  assertKnownOptions('bigganDeepGenerator', options, known);
  const { sample, latents, classes, embedding = 128, ...size } = options;
  assertCount('embedding', embedding);
  const { start, maps, attending } = bigganUp(sample, size, bigganDeep);
  assertQuarters([start, ...maps.slice(0, -1)]);
  const port = latentsShape(latents);
  return layersNetwork({
    inputs: conditioned({ latents: port }, classes),
    outputs: { sample },
    model: () => {
      const { inputs, main, label } = modelInputs(port, classes);
      const made = kernels(true, orthogonal);
      const condition = joined([...sharedEmbedding(label, embedding), flat(main)]);
      const normalized = normalizedBy(condition, made);
      const coarsest = firstMap(condition, start, made);
      const finest = maps.reduce<SymbolicTensor>((x, map, k) => {
        const block = { kernels: made, normalized };
        const same = { ...block, filters: x.shape.at(-1)!, doubles: false, name: `block${2 * k + 1}` };
        const up = { ...block, filters: map.filters, doubles: true, name: `block${2 * k + 2}` };
        const y = bottleneckUp(bottleneckUp(x, same), up);
        return map === attending ? selfAttention(y, made) : y;
      }, coarsest);
      return model({ inputs, outputs: drawnPicture(finest, sample[2]!, made) });
    },
  });
}
