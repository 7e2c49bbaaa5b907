import { backend_util, type KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { addScaled } from '../native/scalars.js';
import { activate, type FusedActivation } from './activation.js';
import { type Convolution, convolve, filterGradient, inputGradient } from './convolve.js';
import { channelsFirst, channelsFirstShape, channelsLast } from './layout.js';

type Pads = Parameters<typeof backend_util.computeConv2DInfo>[4];

interface Attributes {
  readonly strides: [number, number] | number;
  readonly pad: Pads;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4 = [number, number, number, number];

const permute = aten('permute');

/** TensorFlow.js's own reading of strides and pads. */
const geometry = (x: readonly number[], filter: readonly number[], attributes: Attributes): Convolution => {
  const { strides, pad, dilations = 1, dimRoundingMode, dataFormat = 'NHWC' } = attributes;
  const format = backend_util.convertConv2DDataFormat(dataFormat);
  const of = [x as Shape4, filter as Shape4] as const;
  const info = backend_util.computeConv2DInfo(...of, strides, dilations, pad, dimRoundingMode, false, format);
  const { top, bottom, left, right } = info.padInfo;
  return {
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    padding: [
      [top, bottom],
      [left, right],
    ],
    groups: info.inChannels / filter[2]!,
  };
};

/** `[height, width, in, out]` to `[out, in, height, width]` and back: views. */
const outermost = (filter: Handle): Handle => permute(filter, [3, 2, 0, 1]);
const innermost = (filter: Handle): Handle => permute(filter, [2, 3, 1, 0]);

type FusedInputs = Operands<'x' | 'filter', 'bias' | 'preluActivationWeights'>;

/** A bias of one value a channel goes into the convolution; any other is added after it. */
const fused = (
  { x, filter, bias, preluActivationWeights }: FusedInputs,
  attributes: Attributes & FusedActivation,
): Handle => {
  const layout = attributes.dataFormat ?? 'NHWC';
  const within = bias !== undefined && bias.shape.length === 1 && bias.shape[0] === filter.shape[3];
  const how = geometry(x.shape, filter.shape, attributes);
  const y = convolve(channelsFirst(x.handle, layout), outermost(filter.handle), within ? bias.handle : null, how);
  const out = channelsLast(y, layout);
  return activate(
    bias === undefined || within ? out : addScaled(out, bias.handle, 1),
    attributes,
    preluActivationWeights,
  );
};

type InputGradient = Attributes & { readonly inputShape: readonly number[] };
type FilterGradient = Attributes & { readonly filterShape: readonly number[] };

/** Convolutions over two dimensions and their gradients. */
export const convolution: readonly KernelConfig[] = [
  kernel<Operands<'x' | 'filter'>, Attributes>('Conv2D', fused),
  kernel<FusedInputs, Attributes & FusedActivation>('FusedConv2D', fused),
  kernel<Operands<'dy' | 'filter'>, InputGradient>('Conv2DBackpropInput', ({ dy, filter }, attributes) => {
    const { inputShape, dataFormat: layout = 'NHWC' } = attributes;
    const how = geometry(inputShape, filter.shape, attributes);
    const shape = channelsFirstShape(inputShape, layout);
    return channelsLast(inputGradient(channelsFirst(dy.handle, layout), outermost(filter.handle), shape, how), layout);
  }),
  kernel<Record<'dy' | 'x', Operand>, FilterGradient>('Conv2DBackpropFilter', ({ dy, x }, attributes) => {
    const { filterShape, dataFormat: layout = 'NHWC' } = attributes;
    const how = geometry(x.shape, filterShape, attributes);
    const [height, width, into, out] = filterShape as Shape4;
    const shape = [out, into, height, width];
    return innermost(filterGradient(channelsFirst(dy.handle, layout), channelsFirst(x.handle, layout), shape, how));
  }),
];
