import type { Laid, NameRule } from '@gan/core';

/** A layer of a network here and the module of PyTorch's that it comes from: `'block(\\d+)\\.first'`, `'block$1.c1'`. */
export interface TorchLayer {
  /** The layer's name, as the source of a regular expression. */
  readonly ours: string;
  /** The module's name: `$1` stands for the first group of `ours`. */
  readonly theirs: string;
}

const bias = ({ ours, theirs }: TorchLayer): NameRule => ({ ours: `${ours}/bias`, theirs: `${theirs}.bias` });

/** Where the weights of a convolution come from: kernels `[out, in, height, width]`. */
export const torchConvolution = (of: TorchLayer): readonly NameRule[] => [
  { ours: `${of.ours}/kernel`, theirs: `${of.theirs}.weight`, layout: 'o i h w -> h w i o' },
  bias(of),
];

/** Where the weights of a transposed convolution come from: kernels `[in, out, height, width]`. */
export const torchTransposedConvolution = (of: TorchLayer): readonly NameRule[] => [
  { ours: `${of.ours}/kernel`, theirs: `${of.theirs}.weight`, layout: 'i o h w -> h w o i' },
  bias(of),
];

/** Where the weights of a dense layer come from: kernels `[out, in]`. */
export const torchDense = (of: TorchLayer): readonly NameRule[] => [
  { ours: `${of.ours}/kernel`, theirs: `${of.theirs}.weight`, layout: 'o i -> i o' },
  bias(of),
];

/** Where the weights of batch norm come from, statistics included. */
export const torchBatchNorm = ({ ours, theirs }: TorchLayer): readonly NameRule[] => [
  { ours: `${ours}/gamma`, theirs: `${theirs}.weight` },
  { ours: `${ours}/beta`, theirs: `${theirs}.bias` },
  { ours: `${ours}/(?:moving_)?mean`, theirs: `${theirs}.running_mean` },
  { ours: `${ours}/(?:moving_)?variance`, theirs: `${theirs}.running_var` },
];

/** How a kernel and the two sides of it that vectors of spectral norm are on, are laid out here. */
export interface SpectralLayout {
  /** `'o i -> i o'` for a dense layer, `'o i h w -> h w i o'` for a convolution. */
  readonly kernel: string;
  /** Of the outputs; `'o -> o 1'` unless said. */
  readonly columns?: string;
  /** Of the inputs; `'i -> i 1'` unless said, `'(i h=3 w=3) -> (h w i) 1'` for a convolution of 3 x 3. */
  readonly rows?: string;
}

/** The same layer with PyTorch's spectral norm: the kernel is under another name, and its singular vectors come with it. */
export const torchSpectral = (
  { ours, theirs }: TorchLayer,
  { kernel, columns = 'o -> o 1', rows = 'i -> i 1' }: SpectralLayout,
): readonly NameRule[] => [
  { ours: `${ours}/kernel`, theirs: `${theirs}.weight_orig`, layout: kernel },
  { ours: `${ours}/u`, theirs: `${theirs}.weight_u`, layout: columns },
  { ours: `${ours}/v`, theirs: `${theirs}.weight_v`, layout: rows },
];

/**
 * The same layer with a spectral norm that keeps but one vector, on the side of the outputs, and iterates once more in
 * inference, as torch-mimicry's and BigGAN's own.
 *
 * @param vector What they call it; it is `[1, outputs]`.
 */
export const halfSpectral = (
  { ours, theirs }: TorchLayer,
  vector: string,
  { kernel, columns = 'o -> o 1', rows = 'i -> i 1' }: SpectralLayout,
): readonly NameRule[] => [
  { ours: `${ours}/kernel`, theirs: `${theirs}.weight`, layout: kernel },
  { ours: `${ours}/u`, theirs: [`${theirs}.${vector}`], from: asRow, layout: columns },
  { ours: `${ours}/v`, theirs: [`${theirs}.weight`, `${theirs}.${vector}`], from: otherVector, layout: rows },
];

/** Of an embedding, whose rows are the kernel of a dense layer as they are: what are outputs there are inputs here. */
export const embeddedHalfSpectral = ({ ours, theirs }: TorchLayer, vector: string): readonly NameRule[] => [
  { ours: `${ours}/kernel`, theirs: `${theirs}.weight` },
  { ours: `${ours}/v`, theirs: `${theirs}.${vector}`, layout: '1 o -> o 1' },
  { ours: `${ours}/u`, theirs: [`${theirs}.weight`, `${theirs}.${vector}`], from: otherVector, layout: 'i -> i 1' },
];

const asRow = ([vector]: readonly Laid[]): Laid => ({ shape: vector!.shape.slice(1), values: vector!.values });

/** What PyTorch keeps beside the statistics of batch norm: how many batches they are of. */
export const torchCounts = /\.num_batches_tracked$/;

/**
 * The vector v of spectral norm that goes with a vector u and a kernel `[rows, ...]`, u on the side of the rows, where
 * the other implementation keeps u alone and iterates once more in inference:
 *
 *     v' = W^T u / |W^T u|,    v = v' |W v'| / |W^T u|    so that    u^T W v = |W v'|
 */
export function otherVector([kernel, vector]: readonly Laid[]): Laid {
  const [rows = 0, ...inner] = kernel!.shape;
  const columns = inner.reduce((product, size) => product * size, 1);
  const at = (row: number, column: number): number => kernel!.values[row * columns + column]!;
  const v = Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += vector!.values[row]! * at(row, column);
    return sum;
  });
  const length = lengthOf(v);
  const stretched = lengthOf(
    Array.from({ length: rows }, (_, row) => v.reduce((sum, value, column) => sum + at(row, column) * value, 0)),
  );
  return { shape: [columns], values: v.map((value) => (value * stretched) / length ** 3) };
}

const lengthOf = (vector: readonly number[]): number => Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
