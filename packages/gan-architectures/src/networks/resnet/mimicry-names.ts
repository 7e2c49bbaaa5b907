import type { NameRule, NameTable, Network, Shape } from '@gan/core';
import {
  embeddedHalfSpectral,
  halfSpectral,
  type TorchLayer,
  torchBatchNorm,
  torchConvolution,
  torchCounts,
  torchDense,
  torchSpectral,
} from '../../names/torch-layers.js';
import { resnetDown, resnetUp } from './resnet-table.js';

/** A convolution of a side, with PyTorch's spectral norm or without. */
const convolution = (layer: TorchLayer, side: number): readonly NameRule[] => [
  ...torchSpectral(layer, { kernel: 'o i h w -> h w i o', rows: `(i h=${side} w=${side}) -> (h w i) 1` }),
  ...torchConvolution(layer),
];

/** Batch norm, by class or not. */
const norm = (layer: TorchLayer): readonly NameRule[] => {
  const { ours, theirs } = layer;
  const rows = { theirs: `${theirs}.embed.weight`, layout: 'n (part=2 c) -> part n c' };
  return [
    { ours: `${ours}\\.scale/kernel`, ...rows, part: 0, value: (scale) => scale - 1 },
    { ours: `${ours}\\.shift/kernel`, ...rows, part: 1 },
    ...torchBatchNorm({ ours: `${ours}\\.norm`, theirs }),
    ...torchBatchNorm({ ours: `${ours}\\.norm`, theirs: `${theirs}.bn` }),
  ];
};

const attention: readonly NameRule[] = [
  ...Object.entries({ queries: 'theta', keys: 'phi', values: 'g', result: 'o' }).flatMap(([ours, theirs]) =>
    convolution({ ours: `attention\\.${ours}`, theirs: `attn_block.${theirs}` }, 1),
  ),
  { ours: 'attention/scale', theirs: 'attn_block.gamma' },
];

const of = (ours: string, theirs: string): TorchLayer => ({ ours, theirs });

const inBlocks = (block: string): readonly NameRule[] => [
  ...convolution(of('block(\\d+)\\.first', `${block}.c1`), 3),
  ...convolution(of('block(\\d+)\\.second', `${block}.c2`), 3),
  ...convolution(of('block(\\d+)\\.skip', `${block}.c_sc`), 1),
  ...norm(of('block(\\d+)\\.first', `${block}.b1`)),
  ...norm(of('block(\\d+)\\.second', `${block}.b2`)),
];

const score = (theirs: string): readonly NameRule[] => [
  ...torchSpectral(of('score', theirs), { kernel: 'o i -> i o' }),
  ...halfSpectral(of('score', theirs), 'sn_u', { kernel: 'o i -> i o' }),
  ...torchDense(of('score', theirs)),
];

/** Rows of classes, of which the kernel here is the same; what are outputs there are inputs here. */
const classes: readonly NameRule[] = [
  { ours: 'classes/kernel', theirs: 'l_y.weight_orig' },
  { ours: 'classes/u', theirs: 'l_y.weight_v', layout: 'o -> o 1' },
  { ours: 'classes/v', theirs: 'l_y.weight_u', layout: 'o -> o 1' },
  ...embeddedHalfSpectral(of('classes', 'l_y'), 'sn_u'),
];

/**
 * Where the weights of `resnetGenerator` and `resnetDiscriminator` come from in torch-mimicry's networks: SN-GAN, projection
 * discriminators, SAGAN, WGAN-GP and SSGAN, whose judge's second head is left out, of all sides,
 *
 *     importedWeights(generator, tensors, mimicryNames(generator))
 *
 * With them the networks give what torch-mimicry's give once these go up by repeating places, as the papers say, rather
 * than bilinearly, and their ReLUs work out of place.
 *
 * @param network A residual generator or discriminator.
 * @see Lee, Town (2020), arXiv:2005.02494.
 */
export function mimicryNames(network: Network): NameTable {
  const { sample } = network.outputs as { readonly sample?: Shape };
  if (!sample) {
    const { classes: labels, sample: picture } = network.inputs as {
      readonly classes?: number;
      readonly sample: Shape;
    };
    const blocks = resnetDown(picture, {}).maps.length;
    return {
      rules: [...inBlocks('block$1'), ...attention, ...score(`l${blocks + 1}`), ...score(`l${blocks}`), ...classes],
      ignored: [torchCounts, /\.sn_sigma$/, ...(labels === undefined ? [/^l_y\./] : [])],
    };
  }
  const { maps, start } = resnetUp(sample, {});
  const last = maps.length + 2;
  const places = `(c h=${start.side} w=${start.side})`;
  const first = of('start', 'l1');
  const blocks = inBlocks('block$1').map((rule) => ({ ...rule, theirs: shifted(rule.theirs as string) }));
  return {
    rules: [
      ...torchSpectral(first, { kernel: `${places} i -> i (h w c)`, columns: `${places} -> (h w c) 1` }),
      { ours: 'start/kernel', theirs: 'l1.weight', layout: `${places} i -> i (h w c)` },
      { ours: 'start/bias', theirs: 'l1.bias', layout: `${places} -> (h w c)` },
      ...blocks,
      ...attention,
      ...torchBatchNorm(of('picture\\.norm', `b${last}`)),
      ...convolution(of('picture', `c${last}`), 3),
    ],
    ignored: [torchCounts],
  };
}

/** Their generators count from the dense layer on: what is the first block here is the second there. */
const shifted = (theirs: string) => (block: string) => theirs.replace('$1', String(Number(block) + 1));
