import type { NameRule, NameTable, Network, Shape } from '@gan/core';
import { doubling } from '../../doubling.js';
import { torchConvolution } from '../../names/torch-layers.js';

type Theirs = (side: string) => string;

/** How often the side of 4 was doubled. */
const doublings = (side: string): number => Math.log2(Number(side)) - 2;

/** Convolutions, one for each side. */
const convolution = (ours: string, theirs: Theirs): readonly NameRule[] =>
  torchConvolution({ ours, theirs: '' }).map((rule) => ({
    ...rule,
    theirs: (side) => `${theirs(side)}${rule.theirs}`,
  }));

/** Scales of theirs have a gain of sqrt(2) everywhere, those of pictures and scores have none here. */
const without = (rule: NameRule): NameRule =>
  rule.ours.endsWith('/kernel') ? { ...rule, value: (weight) => weight * Math.SQRT2 } : rule;

const block = (theirs: Theirs): readonly NameRule[] => [
  ...convolution('map(\\d+)\\.first', (side) => `${theirs(side)}.conv_1`),
  ...convolution('map(\\d+)\\.second', (side) => `${theirs(side)}.conv_2`),
];

const generator: readonly NameRule[] = [
  {
    ours: 'map4\\.first/kernel',
    theirs: 'layers.0.conv_1.weight',
    layout: 'i c h w -> i (h w c)',
    // The gain here is sqrt(2) / 4.
    value: (weight) => weight * 4,
  },
  { ours: 'map4\\.first\\.bias/bias', theirs: 'layers.0.conv_1.bias' },
  ...block((side) => `layers.${doublings(side)}`),
  ...convolution('map(\\d+)\\.picture', (side) => `rgb_converters.${doublings(side)}`).map(without),
];

/** Theirs begin with the finest side. */
const judge = (last: number): readonly NameRule[] => [
  ...convolution('map(\\d+)\\.picture', (side) => `from_rgb.${last - doublings(side)}.0`),
  ...block((side) => `layers.${last - doublings(side)}`),
  ...torchConvolution({ ours: 'compared', theirs: `layers.${last}.conv_1` }),
  { ours: 'features/kernel', theirs: `layers.${last}.conv_2.weight`, layout: 'o i h w -> (h w i) o' },
  { ours: 'features/bias', theirs: `layers.${last}.conv_2.bias` },
  ...[
    { ours: 'score/kernel', theirs: `layers.${last}.conv_3.weight`, layout: 'o i 1 1 -> i o' },
    { ours: 'score/bias', theirs: `layers.${last}.conv_3.bias` },
  ].map(without),
];

/** Where fading in is, which is no business of theirs. */
const fade: NameRule = { ours: '.*\\.fade/\\w+', theirs: null };

/** Of the sides before the last, and of the one before that where it does not fade in. */
const pictures = /^(?:rgb_converters|from_rgb)\./;

/**
 * Where the weights of `progressiveGenerator` and `progressiveDiscriminator` come from in pro-gan-pth, of the last stage,
 *
 *     importedWeights(generator, tensors, proGanPthNames(generator))
 *
 * With them a judge gives what theirs gives. A generator does once theirs has a pixel norm behind its first map, too, which it
 * leaves out and the code of the paper's authors has. As wide as theirs are networks of `filters: 2 ** 15 / side`.
 *
 * @param network A generator or discriminator of progressive growing without classes.
 * @see https://github.com/akanimax/pro_gan_pytorch
 */
export function proGanPthNames(network: Network): NameTable {
  const { sample } = network.outputs as { readonly sample?: Shape };
  const { sides } = doubling(sample ?? (network.inputs['sample'] as Shape), 4);
  return { rules: [...(sample ? generator : judge(sides.length - 1)), fade], ignored: [pictures] };
}
