import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { type Attributes3D, geometry3D } from './convolution-geometry.js';
import { convolve, filterGradient, inputGradient } from './convolve.js';
import { channelsFirst, channelsFirstShape, channelsLast } from './layout.js';

const permute = aten('permute');

/** `[depth, height, width, in, out]` to `[out, in, depth, height, width]` and back: views. */
const outermost = (filter: Handle): Handle => permute(filter, [4, 3, 0, 1, 2]);
const innermost = (filter: Handle): Handle => permute(filter, [2, 3, 4, 1, 0]);

type InputGradient = Attributes3D & { readonly inputShape: readonly number[] };
type FilterGradient = Attributes3D & { readonly filterShape: readonly number[] };

/** Convolutions over three dimensions and their gradients. */
export const convolution3d: readonly KernelConfig[] = [
  kernel<Operands<'x' | 'filter'>, Attributes3D>('Conv3D', ({ x, filter }, attributes) => {
    const { dataFormat: layout = 'NDHWC' } = attributes;
    const how = geometry3D(x.shape, filter.shape, attributes);
    return channelsLast(convolve(channelsFirst(x.handle, layout), outermost(filter.handle), null, how), layout);
  }),
  kernel<Operands<'dy' | 'filter'>, InputGradient>('Conv3DBackpropInputV2', ({ dy, filter }, attributes) => {
    const { inputShape, dataFormat: layout = 'NDHWC' } = attributes;
    const how = geometry3D(inputShape, filter.shape, attributes);
    const shape = channelsFirstShape(inputShape, layout);
    return channelsLast(inputGradient(channelsFirst(dy.handle, layout), outermost(filter.handle), shape, how), layout);
  }),
  kernel<Operands<'dy' | 'x'>, FilterGradient>('Conv3DBackpropFilterV2', ({ dy, x }, attributes) => {
    const { filterShape, dataFormat: layout = 'NDHWC' } = attributes;
    const how = geometry3D(x.shape, filterShape, attributes);
    const [depth, height, width, into, out] = filterShape as [number, number, number, number, number];
    const shape = [out, into, depth, height, width];
    return innermost(filterGradient(channelsFirst(dy.handle, layout), channelsFirst(x.handle, layout), shape, how));
  }),
];
