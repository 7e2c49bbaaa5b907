import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { addScaled } from '../native/scalars.js';
import { activate, type FusedActivation } from './activation.js';
import { type Attributes2D, geometry2D } from './convolution-geometry.js';
import { convolve, filterGradient, inputGradient } from './convolve.js';
import { channelsFirst, channelsFirstShape, channelsLast } from './layout.js';

const permute = aten('permute');
const reshape = aten('reshape');

type Shape = readonly [height: number, width: number, channels: number, multiplier: number];

/** `[height, width, in, multiplier]` as one group a channel, `[in * multiplier, 1, height, width]`, and back. */
const grouped = (filter: Handle, [height, width, channels, multiplier]: Shape): Handle =>
  reshape(permute(filter, [2, 3, 0, 1]), [channels * multiplier, 1, height, width]);
const ungrouped = (filter: Handle, [height, width, channels, multiplier]: Shape): Handle =>
  permute(reshape(filter, [channels, multiplier, height, width]), [2, 3, 0, 1]);

type FusedInputs = Operands<'x' | 'filter', 'bias' | 'preluActivationWeights'>;

const fused = (
  { x, filter, bias, preluActivationWeights }: FusedInputs,
  attributes: Attributes2D & FusedActivation,
): Handle => {
  const how = geometry2D(x.shape, filter.shape, attributes, true);
  const weights = grouped(filter.handle, filter.shape as unknown as Shape);
  const y = channelsLast(convolve(channelsFirst(x.handle, 'NHWC'), weights, null, how), 'NHWC');
  return activate(bias === undefined ? y : addScaled(y, bias.handle, 1), attributes, preluActivationWeights?.handle);
};

type InputGradient = Attributes2D & { readonly inputShape: readonly number[] };
type FilterGradient = Attributes2D & { readonly filterShape: Shape };

/** Convolutions of each channel by itself and their gradients. */
export const depthwise: readonly KernelConfig[] = [
  kernel<Operands<'x' | 'filter'>, Attributes2D>('DepthwiseConv2dNative', fused),
  kernel<FusedInputs, Attributes2D & FusedActivation>('FusedDepthwiseConv2D', fused),
  kernel<Operands<'dy' | 'filter'>, InputGradient>(
    'DepthwiseConv2dNativeBackpropInput',
    ({ dy, filter }, attributes) => {
      const { inputShape } = attributes;
      const how = geometry2D(inputShape, filter.shape, attributes, true);
      const weights = grouped(filter.handle, filter.shape as unknown as Shape);
      const shape = channelsFirstShape(inputShape, 'NHWC');
      return channelsLast(inputGradient(channelsFirst(dy.handle, 'NHWC'), weights, shape, how), 'NHWC');
    },
  ),
  kernel<Operands<'dy' | 'x'>, FilterGradient>('DepthwiseConv2dNativeBackpropFilter', ({ dy, x }, attributes) => {
    const { filterShape } = attributes;
    const how = geometry2D(x.shape, filterShape, attributes, true);
    const [height, width, channels, multiplier] = filterShape;
    const shape = [channels * multiplier, 1, height, width];
    const gradient = filterGradient(channelsFirst(dy.handle, 'NHWC'), channelsFirst(x.handle, 'NHWC'), shape, how);
    return ungrouped(gradient, filterShape);
  }),
];
