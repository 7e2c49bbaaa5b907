import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { addScaled } from '../native/scalars.js';
import { activate, type FusedActivation } from './activation.js';
import { type Attributes2D, geometry2D } from './convolution-geometry.js';
import { convolve, filterGradient, inputGradient } from './convolve.js';
import { channelsFirst, channelsFirstShape, channelsLast } from './layout.js';

const permute = aten('permute');
const reshape = aten('reshape');

/** `[height, width, in, out]` to `[out, in, height, width]` and back: views. */
const outermost = (filter: Handle): Handle => permute(filter, [3, 2, 0, 1]);
const innermost = (filter: Handle): Handle => permute(filter, [2, 3, 1, 0]);

/** One slope a channel, where TensorFlow.js means it so. */
const perChannel = ({ handle, shape }: Operand, layout: 'NHWC' | 'NCHW'): Handle =>
  layout === 'NCHW' && shape.length === 1 ? reshape(handle, [-1, 1, 1]) : handle;

type FusedInputs = Operands<'x' | 'filter', 'bias' | 'preluActivationWeights'>;

/** A bias of one value a channel goes into the convolution; any other is added after it. */
const fused = (
  { x, filter, bias, preluActivationWeights }: FusedInputs,
  attributes: Attributes2D & FusedActivation,
): Handle => {
  const layout = attributes.dataFormat ?? 'NHWC';
  const within = bias !== undefined && bias.shape.length === 1 && bias.shape[0] === filter.shape[3];
  const how = geometry2D(x.shape, filter.shape, attributes);
  const y = convolve(channelsFirst(x.handle, layout), outermost(filter.handle), within ? bias.handle : null, how);
  const out = channelsLast(y, layout);
  return activate(
    bias === undefined || within ? out : addScaled(out, bias.handle, 1),
    attributes,
    preluActivationWeights && perChannel(preluActivationWeights, layout),
  );
};

type InputGradient = Attributes2D & { readonly inputShape: readonly number[] };
type FilterGradient = Attributes2D & { readonly filterShape: readonly number[] };

const atInput = ({ dy, filter }: Operands<'dy' | 'filter'>, attributes: InputGradient): Handle => {
  const { inputShape, dataFormat: layout = 'NHWC' } = attributes;
  const how = geometry2D(inputShape, filter.shape, attributes);
  const shape = channelsFirstShape(inputShape, layout);
  return channelsLast(inputGradient(channelsFirst(dy.handle, layout), outermost(filter.handle), shape, how), layout);
};

const atFilter = ({ dy, x }: Operands<'dy' | 'x'>, attributes: FilterGradient): Handle => {
  const { filterShape, dataFormat: layout = 'NHWC' } = attributes;
  const how = geometry2D(x.shape, filterShape, attributes);
  const [height, width, into, out] = filterShape as [number, number, number, number];
  const gradient = filterGradient(
    channelsFirst(dy.handle, layout),
    channelsFirst(x.handle, layout),
    [out, into, height, width],
    how,
  );
  return innermost(gradient);
};

/**
 * Convolutions over two dimensions and their gradients. Those in groups are this backend's own: TensorFlow.js has no op
 * for them. There are as many groups as the channels of `x` are times those of the filter,
 * `[height, width, channels / groups, filters]`.
 */
export const convolution: readonly KernelConfig[] = [
  kernel<Operands<'x' | 'filter'>, Attributes2D>('Conv2D', fused),
  kernel<FusedInputs, Attributes2D & FusedActivation>('FusedConv2D', fused),
  kernel('Conv2DBackpropInput', atInput),
  kernel('Conv2DBackpropFilter', atFilter),
  kernel<Operands<'x' | 'filter', 'bias'>, Attributes2D>('GroupedConv2D', fused),
  kernel('GroupedConv2DBackpropInput', atInput),
  kernel('GroupedConv2DBackpropFilter', atFilter),
];
