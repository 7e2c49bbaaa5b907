import type { NameRule, NameTable, Network, Shape } from '@gan/core';
import { torchBatchNorm, torchConvolution, torchCounts, torchTransposedConvolution } from '../../names/torch-layers.js';

/** Their layers stand in one row, three places for each: a convolution, batch norm, an activation. */
const place = (k: number): string => `main.${k}`;

/** Theirs have no bias; here it begins as zeros. */
const unbiased = (layer: string): NameRule => ({ ours: `${layer}/bias`, theirs: null });

/**
 * Where the weights of `dcganGenerator` and `dcganDiscriminator` come from in the networks of PyTorch's DCGAN tutorial (and
 * of its `examples/dcgan`), of 64 x 64, or of other powers of two that continue it,
 *
 *     importedWeights(generator, tensors, dcganTutorialNames(generator))
 *
 * With them the networks give what PyTorch's give in inference, the judge with a `sigmoid` head. In training, batch norm of
 * the first map counts here number by number, there channel by channel.
 *
 * @param network A DCGAN generator or discriminator without classes, whose side is 4 times a power of two.
 * @see https://docs.pytorch.org/tutorials/beginner/dcgan_faces_tutorial.html
 */
export function dcganTutorialNames(network: Network): NameTable {
  const { sample } = network.outputs as { readonly sample?: Shape };
  return {
    rules: sample ? generator(sample[0]!) : judge((network.inputs['sample'] as Shape)[0]!),
    ignored: [torchCounts],
  };
}

/** The sides from 4 on, below the picture's. */
const sidesBelow = (side: number): readonly number[] =>
  Array.from({ length: Math.log2(side / 4) }, (_, k) => 4 * 2 ** k);

function generator(side: number): readonly NameRule[] {
  const [, ...maps] = sidesBelow(side);
  const everywhere = 'c -> (h=4 w=4 c)';
  return [
    { ours: 'start/kernel', theirs: `${place(0)}.weight`, layout: 'i c h w -> i (h w c)' },
    ...torchBatchNorm({ ours: 'start\\.norm', theirs: place(1) }).map((rule) => ({ ...rule, layout: everywhere })),
    ...maps.flatMap((map, k) => [
      ...torchTransposedConvolution({ ours: `map${map}`, theirs: place(3 * k + 3) }),
      ...torchBatchNorm({ ours: `map${map}\\.norm`, theirs: place(3 * k + 4) }),
    ]),
    unbiased('picture'),
    ...torchTransposedConvolution({ ours: 'picture', theirs: place(3 * maps.length + 3) }),
  ];
}

function judge(side: number): readonly NameRule[] {
  const [first, ...maps] = [...sidesBelow(side)].reverse();
  return [
    unbiased(`map${first}`),
    ...torchConvolution({ ours: `map${first}`, theirs: place(0) }),
    ...maps.flatMap((map, k) => [
      ...torchConvolution({ ours: `map${map}`, theirs: place(3 * k + 2) }),
      ...torchBatchNorm({ ours: `map${map}\\.norm`, theirs: place(3 * k + 3) }),
    ]),
    { ours: 'score/kernel', theirs: `${place(3 * maps.length + 2)}.weight`, layout: 'o c h w -> (h w c) o' },
    unbiased('score'),
  ];
}
