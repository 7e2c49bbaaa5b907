import type { NameRule, NameTable, Network, Shape } from '@gan/core';
import { embeddedHalfSpectral, halfSpectral, type TorchLayer } from '../../names/torch-layers.js';
import { biggan, bigganDeep, bigganDeepDown, bigganDown, bigganUp } from './biggan-table.js';

const of = (ours: string, theirs: string): TorchLayer => ({ ours, theirs });
const bias = ({ ours, theirs }: TorchLayer): NameRule => ({ ours: `${ours}/bias`, theirs: `${theirs}.bias` });

const convolution = (layer: TorchLayer, side: number): readonly NameRule[] => [
  ...halfSpectral(layer, 'u0', { kernel: 'o i h w -> h w i o', rows: `(i h=${side} w=${side}) -> (h w i) 1` }),
  bias(layer),
];
const dense = (layer: TorchLayer): readonly NameRule[] => [
  ...halfSpectral(layer, 'u0', { kernel: 'o i -> i o' }),
  bias(layer),
];

const attention = (theirs: string): readonly NameRule[] => [
  ...Object.entries({ queries: 'theta', keys: 'phi', values: 'g', result: 'o' }).flatMap(([ours, part]) =>
    convolution(of(`attention\\.${ours}`, `${theirs}.${part}`), 1),
  ),
  { ours: 'attention/scale', theirs: `${theirs}.gamma` },
];

const statistics = ({ ours, theirs }: TorchLayer): readonly NameRule[] => [
  { ours: `${ours}/(?:moving_)?mean`, theirs: `${theirs}.stored_mean` },
  { ours: `${ours}/(?:moving_)?variance`, theirs: `${theirs}.stored_var` },
];

/** The sides of the convolutions of a block, in their order. */
const shallow = { first: 3, second: 3 } as const;
const deep = { first: 1, second: 3, third: 3, fourth: 1 } as const;

/** A block with its norms, where it has some. */
const block = (ours: string, theirs: string, sides: Readonly<Record<string, number>>): readonly NameRule[] => [
  ...Object.entries(sides).flatMap(([which, side], k) => {
    const [layer, norm] = [`${ours}\\.${which}`, `${theirs}.bn${k + 1}`];
    return [
      ...convolution(of(layer, `${theirs}.conv${k + 1}`), side),
      ...dense(of(`${layer}\\.scale`, `${norm}.gain`)),
      ...dense(of(`${layer}\\.shift`, `${norm}.bias`)),
      ...statistics(of(`${layer}\\.norm`, norm)),
    ];
  }),
  ...convolution(of(`${ours}\\.skip`, `${theirs}.conv_sc`), 1),
];

const places = '(c h=4 w=4)';

/** Stages of so many blocks each, which may end in attention. */
const inStages = (stages: number, each: number, sides: Readonly<Record<string, number>>): readonly NameRule[] =>
  Array.from({ length: stages }, (_, stage) => [
    ...Array.from({ length: each }, (_, k) =>
      block(`block${stage * each + k + 1}`, `blocks.${stage}.${k}`, sides),
    ).flat(),
    ...attention(`blocks.${stage}.${each}`),
  ]).flat();

const generator = (blocks: readonly NameRule[]): readonly NameRule[] => [
  { ours: 'classes/kernel', theirs: 'shared.weight' },
  ...halfSpectral(of('start', 'linear'), 'u0', {
    kernel: `${places} i -> i (h w c)`,
    columns: `${places} -> (h w c) 1`,
  }),
  { ours: 'start/bias', theirs: 'linear.bias', layout: `${places} -> (h w c)` },
  ...blocks,
  { ours: 'picture\\.norm/gamma', theirs: 'output_layer.0.gain' },
  { ours: 'picture\\.norm/beta', theirs: 'output_layer.0.bias' },
  ...statistics(of('picture\\.norm', 'output_layer.0')),
  ...convolution(of('picture', 'output_layer.2'), 3),
];

const judge = (blocks: readonly NameRule[]): readonly NameRule[] => [
  ...convolution(of('start', 'input_conv'), 3),
  ...blocks,
  ...dense(of('score', 'linear')),
  ...embeddedHalfSpectral(of('classes', 'embed'), 'u0'),
];

/** What they log, and what counts batches of standing statistics. */
const ignored = [/\.sv0$/, /\.accumulation_counter$/];

/**
 * Where the weights of `bigganGenerator` and `bigganDiscriminator` come from in the authors' PyTorch code, with which they
 * give the same in inference, and a judge in training, too,
 *
 *     importedWeights(generator, tensors, bigganNames(generator))
 *
 * @param network A BigGAN generator or discriminator with classes.
 * @see https://github.com/ajbrock/BigGAN-PyTorch
 */
export function bigganNames(network: Network): NameTable {
  const [picture, generates] = pictureOf(network);
  const { maps } = (generates ? bigganUp : bigganDown)(picture, {}, biggan);
  const blocks = inStages(maps.length, 1, shallow);
  return { rules: generates ? generator(blocks) : judge(blocks), ignored };
}

/** The same for `bigganDeepGenerator` and `bigganDeepDiscriminator`. */
export function bigganDeepNames(network: Network): NameTable {
  const [picture, generates] = pictureOf(network);
  if (!generates)
    return { rules: judge(inStages(bigganDeepDown(picture, {}, bigganDeep).maps.length, 2, deep)), ignored };
  const { maps } = bigganUp(picture, {}, bigganDeep);
  return { rules: generator(inStages(2 * maps.length, 1, deep)), ignored };
}

/** The picture's shape, and whether the network makes it. */
function pictureOf({ inputs, outputs }: Network): readonly [picture: Shape, generates: boolean] {
  const { sample } = outputs as { readonly sample?: Shape };
  return sample ? [sample, true] : [inputs['sample'] as Shape, false];
}
