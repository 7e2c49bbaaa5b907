import { input, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** What comes out when `from` goes through one layer after another. */
export const chain = (from: SymbolicTensor | SymbolicTensor[], ...through: readonly layers.Layer[]): SymbolicTensor =>
  through.reduce<SymbolicTensor | SymbolicTensor[]>(
    (at, layer) => layer.apply(at) as SymbolicTensor,
    from,
  ) as SymbolicTensor;

/** What a model starts from. */
export interface ModelInputs {
  /** All of them, in the order of the network's ports. */
  readonly inputs: SymbolicTensor[];
  /** The latents or the sample, of the port's shape. */
  readonly main: SymbolicTensor;
  /** The class, one-hot, if there is one. */
  readonly label: SymbolicTensor | undefined;
}

/** The inputs of a model for a shape and, if given, a number of classes. */
export function modelInputs(shape: readonly number[], classes: number | undefined): ModelInputs {
  const main = input({ shape: [...shape] });
  const label = classes === undefined ? undefined : input({ shape: [classes] });
  return { inputs: label ? [main, label] : [main], main, label };
}

/** One side by side with the other, along the last axis. */
export const beside = (left: SymbolicTensor, right: SymbolicTensor): SymbolicTensor =>
  chain([left, right], layers.concatenate({ axis: -1 }));

/** A sample of any shape as a row. */
export function flat(sample: SymbolicTensor): SymbolicTensor {
  const shape = sample.shape.slice(1) as number[];
  if (shape.length === 1) return sample;
  return chain(sample, layers.reshape({ targetShape: [shape.reduce((size, axis) => size * axis, 1)] }));
}
