import type { NameRule, NameTable, Network, Shape } from '@gan/core';
import { torchBatchNorm, torchConvolution, torchCounts, torchTransposedConvolution } from '../../names/torch-layers.js';

/** What another implementation of DCGAN calls its convolutions, which stand in a row, and the batch norms behind them. */
export interface DcganRow {
  /** The convolution at a place, from 0 on; in a generator the last is the picture's. */
  readonly convolution: (place: number) => string;
  readonly norm: (place: number) => string;
}

/** The same of both networks. */
export interface DcganRows {
  readonly generator: DcganRow;
  /** The last convolution of a judge comes behind as many others. */
  readonly judge: DcganRow & { readonly score: (others: number) => string };
  /** Whether a picture and the first map of a judge have biases. */
  readonly biased: boolean;
}

/** Theirs have none; here it begins as zeros. */
const unbiased = (layer: string): NameRule => ({ ours: `${layer}/bias`, theirs: null });

/** The sides from 4 on, below the picture's. */
const sidesBelow = (side: number): readonly number[] =>
  Array.from({ length: Math.log2(side / 4) }, (_, k) => 4 * 2 ** k);

/** The table of names of a DCGAN without classes, whose side is 4 times a power of two. */
export function dcganTable(network: Network, { generator, judge, biased }: DcganRows): NameTable {
  const { sample } = network.outputs as { readonly sample?: Shape };
  const rules = sample ? ofGenerator(sample[0]!, generator) : ofJudge((network.inputs['sample'] as Shape)[0]!, judge);
  return { rules: biased ? rules : [unbiased('(?:picture|map\\d+)'), ...rules], ignored: [torchCounts] };
}

function ofGenerator(side: number, { convolution, norm }: DcganRow): readonly NameRule[] {
  const [, ...maps] = sidesBelow(side);
  const everywhere = 'c -> (h=4 w=4 c)';
  return [
    { ours: 'start/kernel', theirs: `${convolution(0)}.weight`, layout: 'i c h w -> i (h w c)' },
    ...torchBatchNorm({ ours: 'start\\.norm', theirs: norm(0) }).map((rule) => ({ ...rule, layout: everywhere })),
    ...maps.flatMap((map, k) => [
      ...torchTransposedConvolution({ ours: `map${map}`, theirs: convolution(k + 1) }),
      ...torchBatchNorm({ ours: `map${map}\\.norm`, theirs: norm(k + 1) }),
    ]),
    ...torchTransposedConvolution({ ours: 'picture', theirs: convolution(maps.length + 1) }),
  ];
}

function ofJudge(side: number, { convolution, norm, score }: DcganRows['judge']): readonly NameRule[] {
  const maps = [...sidesBelow(side)].reverse();
  return [
    ...maps.flatMap((map, k) => [
      ...torchConvolution({ ours: `map${map}`, theirs: convolution(k) }),
      ...torchBatchNorm({ ours: `map${map}\\.norm`, theirs: norm(k) }),
    ]),
    { ours: 'score/kernel', theirs: `${score(maps.length)}.weight`, layout: 'o c h w -> (h w c) o' },
    unbiased('score'),
  ];
}
