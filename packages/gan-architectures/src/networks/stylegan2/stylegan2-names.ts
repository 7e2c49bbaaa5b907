import type { NameRule, NameTable } from '@gan/core';
import { type TorchLayer, torchDense } from '../../names/torch-layers.js';
import { adaJudge, adaMapping, adaSynthesis } from './stylegan2-ada-names.js';

/** What the implementations call their parts. */
interface Names {
  readonly mapping: string;
  readonly constant: string;
  readonly first: string;
  readonly convolutions: string;
  /** The modulated convolution of a layer. */
  readonly modulated: string;
  /** A layer's strength of noise. */
  readonly noise: string;
  /** The judge's blocks. */
  readonly blocks: string;
}

const basicsr: Names = {
  mapping: 'style_mlp',
  constant: 'constant_input.weight',
  first: 'style_conv1',
  convolutions: 'style_convs',
  modulated: 'modulated_conv',
  noise: 'weight',
  blocks: 'conv_body',
};

const rosinality: Names = {
  mapping: 'style',
  constant: 'input.input',
  first: 'conv1',
  convolutions: 'convs',
  modulated: 'conv',
  noise: 'noise.weight',
  blocks: 'convs',
};

type Theirs = (...groups: readonly string[]) => string;

/** How often the side of 4 was doubled. */
const doublings = (side: string): number => Math.log2(Number(side)) - 2;

/** A kernel that is scaled when it is used. */
const kernel = (ours: string, theirs: Theirs, one = ''): NameRule => ({
  ours: `${ours}/kernel`,
  theirs: (...groups) => `${theirs(...groups)}.weight`,
  layout: `${one} o i h w -> h w i o`,
});

/** A modulated convolution with its style. */
const styled = (ours: string, theirs: Theirs, { modulated }: Names): readonly NameRule[] => {
  const part: Theirs = (...groups) => `${theirs(...groups)}.${modulated}`;
  return [
    kernel(ours, part, '1'),
    ...torchDense({ ours: `${ours}\\.style`, theirs: '' }).map((rule) => ({
      ...rule,
      theirs: (...groups: readonly string[]) => `${part(...groups)}.modulation${rule.theirs}`,
    })),
  ];
};

const convolved = (ours: string, theirs: Theirs, names: Names): readonly NameRule[] => [
  ...styled(ours, theirs, names),
  { ours: `${ours}\\.noise/strength`, theirs: (...groups) => `${theirs(...groups)}.${names.noise}`, layout: '1 ->' },
  { ours: `${ours}\\.bias/bias`, theirs: (...groups) => `${theirs(...groups)}.activate.bias` },
];

const pictured = (ours: string, theirs: Theirs, names: Names): readonly NameRule[] => [
  ...styled(ours, theirs, names),
  { ours: `${ours}\\.bias/bias`, theirs: (...groups) => `${theirs(...groups)}.bias`, layout: '1 c 1 1 -> c' },
];

const mapping = (before: string, { mapping: theirs }: Names): readonly NameRule[] => [
  { ours: `${before}styles/average`, theirs: null },
  ...(torchDense({ ours: `${before}dense(\\d+)`, theirs }).map((rule) => ({
    ...rule,
    theirs: (layer: string) => (rule.theirs as string).replace(theirs, `${theirs}.${Number(layer) + 1}`),
  })) as readonly NameRule[]),
];

const synthesis = (before: string, names: Names): readonly NameRule[] => {
  const { constant, first, convolutions } = names;
  const later =
    (which: 0 | 1): Theirs =>
    (side = '') =>
      `${convolutions}.${2 * (doublings(side) - 1) + which}`;
  return [
    { ours: `${before}constant/constant`, theirs: constant, layout: '1 c h w -> h w c' },
    ...convolved(`${before}map4\\.first`, () => first, names),
    ...pictured(`${before}map4\\.picture`, () => 'to_rgb1', names),
    ...convolved(`${before}map(\\d+)\\.first`, later(0), names),
    ...convolved(`${before}map(\\d+)\\.second`, later(1), names),
    ...pictured(`${before}map(\\d+)\\.picture`, (side = '') => `to_rgbs.${doublings(side) - 1}`, names),
  ];
};

const judge = (sides: number, { blocks }: Names): readonly NameRule[] => {
  const block: Theirs = (side = '') => `${blocks}.${sides - doublings(side)}`;
  const after = (ours: string, theirs: Theirs): NameRule => ({
    ours: `${ours}/bias`,
    theirs: (...groups) => `${theirs(...groups)}.bias`,
  });
  const last = (of: TorchLayer, layout: string): readonly NameRule[] =>
    torchDense(of).map((rule) => (rule.layout ? { ...rule, layout } : rule));
  return [
    kernel('picture', () => `${blocks}.0.0`),
    after('picture', () => `${blocks}.0.1`),
    kernel('map(\\d+)\\.first', (side) => `${block(side!)}.conv1.0`),
    after('map(\\d+)\\.first', (side) => `${block(side!)}.conv1.1`),
    kernel('map(\\d+)\\.second', (side) => `${block(side!)}.conv2.1`),
    after('map(\\d+)\\.second', (side) => `${block(side!)}.conv2.2`),
    kernel('map(\\d+)\\.skip', (side) => `${block(side!)}.skip.1`),
    kernel('compared', () => 'final_conv.0'),
    after('compared', () => 'final_conv.1'),
    ...last({ ours: 'features', theirs: 'final_linear.0' }, 'o (c h=4 w=4) -> (h w c) o'),
    ...torchDense({ ours: 'score', theirs: 'final_linear.1' }),
  ];
};

const both = (rules: (names: Names) => readonly NameRule[]): readonly NameRule[] =>
  [basicsr, rosinality].flatMap((names) => rules(names));

/** The authors' first, which have an average of styles, where the others have none. */
const mappings = (before: string): readonly NameRule[] => [
  ...adaMapping(before),
  ...both((names) => mapping(before, names)),
];
const syntheses = (before: string): readonly NameRule[] => [
  ...both((names) => synthesis(before, names)),
  ...adaSynthesis(before),
];

/** Filters of resampling, which are constants here, and noise that stays the same. */
const constants = [/\.(?:kernel|resample_filter)$/, /^noises\.noise_?\d+$|\.noise_const$/];
const ofMapping = /^(?:style(?:_mlp)?\.\d+|mapping)\./;
const ofSynthesis = /^(?:constant_input|input|style_convs?1?|convs?1?|to_rgbs?1?|synthesis)\b/;
const inSeries = (part: 'first' | 'second'): string => `${part}/`;

/**
 * Where the weights of StyleGAN2's networks come from in the authors' code (stylegan2-ada-pytorch; of judges those without
 * classes), in rosinality's implementation, and in basicsr's, which comes from that: `generator` for `stylegan2Generator`,
 * `mapping` and `synthesis` for its two parts, each of which takes its own of the tensors of a generator, and
 * `discriminator(side)` for `stylegan2Discriminator` of that side,
 *
 *     importedWeights(generator, tensors, stylegan2Names.generator)
 *
 * With them the networks give what theirs give. The authors' cut off what goes beyond a `conv_clamp`, if told one; these do not.
 * The average of styles, which only the authors' keep, begins as zeros with the others: it moves along in training.
 *
 * @see Karras et al. (2020), arXiv:1912.04958; https://github.com/NVlabs/stylegan2-ada-pytorch
 */
export const stylegan2Names = {
  mapping: { rules: mappings(''), ignored: [...constants, ofSynthesis] } as NameTable,
  synthesis: { rules: syntheses(''), ignored: [...constants, ofMapping] } as NameTable,
  generator: {
    rules: [...mappings(inSeries('first')), ...syntheses(inSeries('second'))],
    ignored: constants,
  } as NameTable,
  discriminator: (side: number): NameTable => ({
    rules: [...both((names) => judge(doublings(String(side)) + 1, names)), ...adaJudge(side)],
    ignored: constants,
  }),
} as const;
