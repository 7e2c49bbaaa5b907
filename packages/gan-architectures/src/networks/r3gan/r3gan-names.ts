import { assertCount, assertKnownOptions, type NameRule, type NameTable, type Network, type Shape } from '@gan/core';
import { doubling } from '../../doubling.js';
import { torchConvolution, torchDense } from '../../names/torch-layers.js';

/** A convolution, in groups or not. */
const convolution = (ours: string, theirs: string): readonly NameRule[] =>
  torchConvolution({ ours, theirs: `${theirs}.Layer` });

/** A block; of their names `$1` stands for its place among those of its side. */
const block = (ours: string, theirs: string): readonly NameRule[] =>
  ['first', 'second', 'third'].flatMap((layer, k) => [
    ...convolution(`${ours}\\.${layer}`, `${theirs}.LinearLayer${k + 1}`),
    { ours: `${ours}\\.${layer}/bias`, theirs: `${theirs}.NonLinearity${k + 1}.Bias` },
  ]);

/** Their blocks of a side are in one list with what changes the side, which comes first in a generator, last in a judge. */
const generator = (sides: readonly number[]): readonly NameRule[] => [
  { ours: 'basis/constant', theirs: 'MainLayers.0.Layers.0.Basis', layout: 'c h w -> h w c' },
  ...torchDense({ ours: 'start', theirs: 'MainLayers.0.Layers.0.LinearLayer' }),
  ...sides.flatMap((side, k) => [
    ...convolution(`map${side}`, `MainLayers.${k}.Layers.0.LinearLayer`),
    ...block(`map${side}\\.block(\\d+)`, `MainLayers.${k}.Layers.$1`),
  ]),
  ...convolution('picture', 'AggregationLayer'),
];

/** Of a place among blocks from 1 on, the place from 0 on. */
const fromZero = ({ theirs, ...rule }: NameRule): NameRule => ({
  ...rule,
  theirs: (place: string) => (theirs as string).replace('$1', String(Number(place) - 1)),
});

const judge = (sides: readonly number[], blocks: number): readonly NameRule[] => {
  const last = `MainLayers.${sides.length - 1}.Layers.${blocks}`;
  return [
    ...convolution('picture', 'ExtractionLayer'),
    ...[...sides]
      .reverse()
      .flatMap((side, k) => [
        ...convolution(`map${side / 2}`, `MainLayers.${k}.Layers.${blocks}.LinearLayer`),
        ...block(`map${side}\\.block(\\d+)`, `MainLayers.${k}.Layers.$1`).map(fromZero),
      ]),
    ...torchConvolution({ ours: 'basis', theirs: `${last}.Basis` }),
    ...torchDense({ ours: 'score', theirs: `${last}.LinearLayer` }),
  ];
};

/** The same behind the prefix that their program for training puts before all names. */
const prefixed = (rule: NameRule): readonly NameRule[] => {
  const theirs = rule.theirs as string | ((...groups: readonly string[]) => string);
  const named = typeof theirs === 'string' ? `Model.${theirs}` : (place: string) => `Model.${theirs(place)}`;
  return [rule, { ...rule, theirs: named }];
};

/** Options of `r3ganNames`. */
export interface R3ganNamesOptions {
  /** Those of the network for each side; 2 unless said, as there. */
  readonly blocks?: number;
}

/**
 * Where the weights of `r3ganGenerator` and `r3ganDiscriminator` come from in the authors' code, with classes or without,
 * under the names of its networks, or under those of its program for training, which start with `Model.`,
 *
 *     importedWeights(generator, tensors, r3ganNames(generator))
 *
 * With them the networks give what theirs give.
 *
 * @param network An R3GAN generator or discriminator.
 * @throws TypeError if an option is unknown, or `blocks` is no count.
 * @see Huang et al. (2024), arXiv:2501.05441; https://github.com/brownvc/R3GAN
 */
export function r3ganNames(network: Network, options: R3ganNamesOptions = {}): NameTable {
  assertKnownOptions('r3ganNames', options, ['blocks']);
  const { blocks = 2 } = options;
  assertCount('blocks', blocks);
  const { sample } = network.outputs as { readonly sample?: Shape };
  const { sides } = doubling(sample ?? (network.inputs['sample'] as Shape), 8);
  const classes = torchDense({ ours: 'classes', theirs: 'EmbeddingLayer' });
  const rules = [...(sample ? generator(sides) : judge(sides, blocks)), ...classes];
  return { rules: rules.flatMap(prefixed), ignored: [/\.Resampler\.Kernel$/] };
}
