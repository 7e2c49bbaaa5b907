import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { kernels } from '../../blocks/kernels.js';
import { chain } from '../../chain.js';

const { conv2d } = kernels(false);

/** A convolution of 3 x 3 with ELU. */
export const beganConvolution = (filters: number, name: string, strides: 1 | 2 = 1): readonly layers.Layer[] => [
  conv2d({ filters, kernelSize: 3, strides, name }),
  layers.elu({ name: `${name}.elu` }),
];

/** Convolutions that keep the side, named `<name>.1`, `<name>.2`, ... */
export const beganConvolutions = (
  x: SymbolicTensor,
  { filters, repeats, name }: { readonly filters: number; readonly repeats: number; readonly name: string },
): SymbolicTensor =>
  Array.from({ length: repeats }, (_, k) => `${name}.${k + 1}`).reduce(
    (map, each) => chain(map, ...beganConvolution(filters, each)),
    x,
  );
