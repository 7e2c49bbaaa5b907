import type { NameRule, NameTable, Network, Shape } from '@gan/core';
import { type TorchLayer, torchBatchNorm, torchCounts, torchSpectral } from '../../names/torch-layers.js';
import { sidesBetween } from './fastgan-shape.js';

const of = (ours: string, theirs: string): TorchLayer => ({ ours, theirs });

/** A convolution of a side, with spectral norm and without a bias. */
const convolution = (layer: TorchLayer, side: number, kernel = 'o i h w -> h w i o'): readonly NameRule[] =>
  torchSpectral(layer, { kernel, rows: `(i h=${side} w=${side}) -> (h w i) 1` });

/** The same with the batch norm behind it; theirs are numbered in a row. */
const normed = (ours: string, row: string, place: number, side: number, norm = place + 1): readonly NameRule[] => [
  ...convolution(of(ours, `${row}.${place}`), side),
  ...torchBatchNorm(of(`${ours}\\.norm`, `${row}.${norm}`)),
];

const excitation = (ours: string, theirs: string): readonly NameRule[] => [
  ...convolution(of(`${ours}\\.first`, `${theirs}.main.1`), 4),
  ...convolution(of(`${ours}\\.second`, `${theirs}.main.3`), 1),
];

const generator: readonly NameRule[] = [
  ...convolution(of('map4', 'init.init.0'), 4, 'i o h w -> h w o i'),
  ...torchBatchNorm(of('map4\\.norm', 'init.init.1')),
  ...normed('map(\\d+)', 'feat_$1', 1, 3),
  ...[
    { ours: 'map(\\d+)\\.first', place: 1 },
    { ours: 'map(\\d+)\\.second', place: 5 },
  ].flatMap(({ ours, place }) => [
    ...normed(ours, 'feat_$1', place, 3, place + 2),
    { ours: `${ours}\\.noise/strength`, theirs: `feat_$1.${place + 1}.weight`, layout: '1 ->' },
  ]),
  ...excitation('map(\\d+)\\.excited', 'se_$1'),
  ...convolution(of('picture', 'to_big'), 3),
];

/** Their judge calls its blocks by what the sides are divided by in a picture of 512, whatever the picture's own is. */
const divisor = (side: number): number => 512 / side;

const judge = (side: number): readonly NameRule[] => {
  const finest = Math.min(side, 256);
  const entering = side > finest ? sidesBetween(side / 2, finest) : [side];
  const window = side > finest ? 4 : 3;
  return [
    ...entering.flatMap((of, k) => normed(`picture${of}`, 'down_from_big', 2 * k, window)),
    ...sidesBetween(finest / 2, 8).flatMap((map) => {
      const block = `down_${divisor(map)}`;
      return [
        ...normed(`map${map}\\.first`, `${block}.main`, 0, 4),
        ...normed(`map${map}\\.second`, `${block}.main`, 3, 3),
        ...normed(`map${map}\\.skip`, `${block}.direct`, 1, 1),
        ...excitation(`map${map}\\.excited`, `se_${divisor(8 * map)}_${divisor(map)}`),
      ];
    }),
    ...normed('features', 'rf_big', 0, 1),
    ...convolution(of('score', 'rf_big.3'), 4),
  ];
};

const decoder: readonly NameRule[] = Object.entries({ whole: 'decoder_big', quarters: 'decoder_part' }).flatMap(
  ([ours, theirs]) => [
    ...[16, 32, 64, 128].flatMap((side, k) => normed(`${ours}\\.map${side}`, `${theirs}.main.${k + 1}`, 1, 3)),
    ...convolution(of(`${ours}\\.picture`, `${theirs}.main.5`), 3),
  ],
);

const decoders = /^decoder_(?:big|part)\./;

/** What theirs does with a second picture of 128 x 128, and not here. */
const small = /^(?:to_128|down_from_small|rf_small|decoder_small)\b/;

/**
 * Where the weights of `fastganGenerator`, `fastganDiscriminator` and `fastganDecoder` come from in the authors' PyTorch code,
 * for pictures of 256, 512 and 1024. Its judge has the decoders in it: of one set of tensors each takes its own,
 *
 *     importedWeights(judge, tensors, fastganNames(judge));
 *     importedWeights(decoder, tensors, fastganNames(decoder));
 *
 * With them the networks give what theirs give in inference, but for a second picture of 128 x 128, which is left out. Theirs
 * has a tanh behind pictures of 1024 alone, this one behind all.
 *
 * @param network A FastGAN generator, discriminator or decoder whose picture is 256 x 256 or larger.
 * @throws TypeError if the picture is smaller.
 * @see Liu et al. (2021), arXiv:2101.04775.
 */
export function fastganNames(network: Network): NameTable {
  const { sample, whole } = network.outputs as { readonly sample?: Shape; readonly whole?: Shape };
  const [side = 0] = sample ?? whole ?? (network.inputs['sample'] as Shape);
  if (side < 256)
    throw new TypeError(`fastganNames is of pictures from 256 x 256 on, as the authors' code, but the side is ${side}`);
  if (sample) return { rules: generator, ignored: [torchCounts, small] };
  if (whole) return { rules: decoder, ignored: [torchCounts, small, /^(?:down_|rf_|se_)/] };
  return { rules: judge(side), ignored: [torchCounts, small, decoders] };
}
