import {
  assertKnownOptions,
  assertNotNegative,
  type Laid,
  type NameRule,
  type NameTable,
  type Network,
  type Shape,
} from '@gan/core';
import { assertShare } from '../../layers/option-check.js';
import { type TorchLayer, torchConvolution, torchSpectral } from '../../names/torch-layers.js';
import { bigganDeep, bigganUp } from './biggan-table.js';

/** Options of `bigganPretrainedNames`. */
export interface BigganPretrainedOptions {
  /** That of the generator: the side of the map that attends to itself, or `'none'`; as in the paper unless said. */
  readonly attention?: number | 'none';
  /**
   * For latents truncated how much the statistics of batch norm are, in [0, 1]: theirs are kept for whole parts of 1, in
   * fiftieths, of which the nearest counts. 1 unless said.
   */
  readonly truncation?: number;
  /** What they add under the roots of batch norm; 1e-4 unless said, as in theirs. */
  readonly epsilon?: number;
}

/** What is under the roots of batch norm here. */
const own = 1e-5;

const of = (ours: string, theirs: string): TorchLayer => ({ ours, theirs });

const convolution = (layer: TorchLayer, side: number): readonly NameRule[] => [
  ...torchSpectral(layer, { kernel: 'o i h w -> h w i o', rows: `(i h=${side} w=${side}) -> (h w i) 1` }),
  ...torchConvolution(layer).slice(1),
];

/** `[outputs, latents beside class]`, or without outputs, with the class before the latents, as it is here. */
const classFirst =
  (latents: number) =>
  ([given]: readonly Laid[]): Laid => {
    const { shape, values } = given!;
    const width = shape.at(-1)!;
    const moved = (i: number): number => (i % width < width - latents ? i + latents : i - (width - latents));
    return { shape, values: Array.from(values, (_, i) => values[moved(i)]!) };
  };

/** The row of statistics for a truncation. */
const rowAt =
  (truncation: number, more = 0) =>
  ([given]: readonly Laid[]): Laid => {
    const [rows = 1, width = 0] = given!.shape;
    const row = Math.round(truncation * (rows - 1));
    return {
      shape: [width],
      values: Array.from(given!.values)
        .slice(row * width, (row + 1) * width)
        .map((value) => value + more),
    };
  };

/** The first so many outputs of a kernel `[outputs, ...]` or of a vector of theirs. */
const firstRows =
  (count: number) =>
  ([given]: readonly Laid[]): Laid => {
    const [, ...inner] = given!.shape;
    const size = inner.reduce((product, side) => product * side, 1);
    return { shape: [count, ...inner], values: Array.from(given!.values).slice(0, count * size) };
  };

/**
 * The vector v that gives the first outputs of a kernel W the singular value of all of it: with W' and u' the first of W and
 * of u,
 *
 *     v' = W'^T u' (u^T W v) / |W'^T u'|^2
 */
const vectorOfFirst =
  (count: number) =>
  ([kernel, u, v]: readonly Laid[]): Laid => {
    const columns = v!.values.length;
    const product = (rows: number): number[] =>
      Array.from({ length: columns }, (_, column) =>
        Array.from({ length: rows }, (_, row) => u!.values[row]! * kernel!.values[row * columns + column]!).reduce(
          (sum, value) => sum + value,
          0,
        ),
      );
    const value = product(u!.values.length).reduce((sum, x, column) => sum + x * v!.values[column]!, 0);
    const direction = product(count);
    const square = direction.reduce((sum, x) => sum + x * x, 0);
    return { shape: [columns], values: direction.map((x) => (x * value) / square) };
  };

/**
 * Where the weights of `bigganDeepGenerator` come from in pytorch-pretrained-biggan, whose files are those of the paper's
 * generators of 128, 256 and 512,
 *
 *     importedWeights(generator, tensors, bigganPretrainedNames(generator, { truncation: 0.4 }))
 *
 * With them it gives the same in inference. Their last convolution makes more channels than the picture has: those are left
 * out, but count in its spectral norm.
 *
 * @param network Made with as many numbers for the `embedding` of a class as there are `latents`.
 * @throws TypeError if an option is unknown or out of its range.
 * @see https://github.com/huggingface/pytorch-pretrained-BigGAN
 */
export function bigganPretrainedNames(network: Network, options: BigganPretrainedOptions = {}): NameTable {
  assertKnownOptions('bigganPretrainedNames', options, ['attention', 'truncation', 'epsilon']);
  const { attention, truncation = 1, epsilon = 1e-4 } = options;
  assertShare('truncation', truncation);
  assertNotNegative('epsilon', epsilon);
  const sample = network.outputs['sample'] as Shape;
  const channels = sample[2]!;
  const latents = (network.inputs['latents'] as Shape).reduce((product, size) => product * size, 1);
  const { maps, attending } = bigganUp(sample, attention === undefined ? {} : { attention }, bigganDeep);
  /** How many blocks there are before attention, which has a place among them. */
  const before = attending ? 2 * (maps.indexOf(attending) + 1) : Number.POSITIVE_INFINITY;

  const conditioned = ({ ours, theirs }: TorchLayer): readonly NameRule[] => {
    const [kernel, u, v] = torchSpectral(of(ours, theirs), { kernel: 'o i -> i o' });
    const swapped = (rule: NameRule) => ({ ...rule, theirs: [rule.theirs as string], from: classFirst(latents) });
    return [swapped(kernel!), u!, swapped(v!)];
  };
  const statistics = ({ ours, theirs }: TorchLayer): readonly NameRule[] => [
    { ours: `${ours}/(?:moving_)?mean`, theirs: [`${theirs}.running_means`], from: rowAt(truncation) },
    {
      ours: `${ours}/(?:moving_)?variance`,
      theirs: [`${theirs}.running_vars`],
      from: rowAt(truncation, epsilon - own),
    },
  ];
  const block = (k: number): readonly NameRule[] => {
    const theirs = `generator.layers.${k < before ? k : k + 1}`;
    return Object.entries({ first: 1, second: 3, third: 3, fourth: 1 }).flatMap(([which, side], i) => {
      const [layer, norm] = [`block${k + 1}\\.${which}`, `${theirs}.bn_${i}`];
      return [
        ...convolution(of(layer, `${theirs}.conv_${i}`), side),
        ...conditioned(of(`${layer}\\.scale`, `${norm}.scale`)),
        ...conditioned(of(`${layer}\\.shift`, `${norm}.offset`)),
        ...statistics(of(`${layer}\\.norm`, norm)),
      ];
    });
  };
  const attends = `generator.layers.${before}`;
  const last = 'generator.conv_to_rgb';
  return {
    rules: [
      { ours: 'classes/kernel', theirs: 'embeddings.weight', layout: 'o i -> i o' },
      ...conditioned(of('start', 'generator.gen_z')),
      { ours: 'start/bias', theirs: 'generator.gen_z.bias' },
      ...Array.from({ length: 2 * maps.length }, (_, k) => block(k)).flat(),
      ...Object.entries({ queries: 'theta', keys: 'phi', values: 'g', result: 'o_conv' }).flatMap(([ours, theirs]) =>
        convolution(of(`attention\\.${ours}`, `${attends}.snconv1x1_${theirs}`), 1),
      ),
      { ours: 'attention/scale', theirs: `${attends}.gamma`, layout: '1 ->' },
      { ours: 'picture\\.norm/gamma', theirs: 'generator.bn.weight' },
      { ours: 'picture\\.norm/beta', theirs: 'generator.bn.bias' },
      ...statistics(of('picture\\.norm', 'generator.bn')),
      {
        ours: 'picture/kernel',
        theirs: [`${last}.weight_orig`],
        from: firstRows(channels),
        layout: 'o i h w -> h w i o',
      },
      { ours: 'picture/bias', theirs: [`${last}.bias`], from: firstRows(channels) },
      { ours: 'picture/u', theirs: [`${last}.weight_u`], from: firstRows(channels), layout: 'o -> o 1' },
      {
        ours: 'picture/v',
        theirs: [`${last}.weight_orig`, `${last}.weight_u`, `${last}.weight_v`],
        from: vectorOfFirst(channels),
        layout: '(i h=3 w=3) -> (h w i) 1',
      },
    ],
  };
}
