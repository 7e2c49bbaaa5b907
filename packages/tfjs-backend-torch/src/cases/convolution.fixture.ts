import { type Case, type Cases, type Draw, one } from '../differential.fixture.js';
import { adjoint } from './adjoint.fixture.js';
import { convolvedInGroups, grouped } from './grouped.fixture.js';
import { activations } from './linear.fixture.js';
import { sliding } from './sliding.fixture.js';

type Layout = 'NHWC' | 'NCHW';

/** A plain convolution: its tensors and attributes, in either layout, dilated where strides allow it. */
const plain = (draw: Draw) => {
  const { shape, filter, channels, attributes } = sliding(draw);
  const dataFormat: Layout = draw.pick(['NHWC', 'NHWC', 'NCHW']);
  const { pad } = attributes;
  const given = dataFormat === 'NCHW' && typeof pad === 'object' ? [pad[0], pad[3], pad[1], pad[2]] : pad;
  const dilations = attributes.strides === 1 && typeof attributes.pad === 'string' ? draw.pick([1, 2]) : 1;
  const extent = filter.map((size) => (size - 1) * dilations + 1);
  const fits = attributes.pad !== 'valid' || extent.every((size, axis) => size <= shape[axis + 1]!);
  const first = [0, 3, 1, 2].map((axis) => shape[axis]!);
  const all = { ...attributes, pad: given, dataFormat, dilations: fits ? dilations : 1 };
  return { shape: dataFormat === 'NHWC' ? shape : first, filter: [...filter, channels, draw.whole(1, 4)], all };
};

/** The result of a kernel on a drawn input, for a gradient of the same shape. */
const shapeAfter = (kernel: string, draw: Draw, [shape, filter]: readonly number[][], attributes: object): number[] =>
  one(kernel, { x: draw(shape!), filter: draw(filter!) }, attributes).shape;

const fused =
  (kernel: string, depthwise: boolean): Case =>
  (draw) => {
    const { shape, filter, channels, attributes } = sliding(draw);
    const activation = draw.pick(activations);
    const strides = depthwise && Array.isArray(attributes.strides) ? 1 : attributes.strides;
    const options = { ...attributes, strides, dataFormat: 'NHWC', dilations: 1, activation, leakyreluAlpha: 0.3 };
    const [last, out] = depthwise ? [1, channels] : [3, 3];
    const bias = draw.pick([draw([out]), undefined]);
    const preluActivationWeights = activation === 'prelu' ? draw([out]) : undefined;
    const inputs = { x: draw(shape), filter: draw([...filter, channels, last]), bias, preluActivationWeights };
    return one(kernel, inputs, options);
  };

/** A depthwise convolution: strides alike in both directions, as TensorFlow.js has it. */
const depthwise = (draw: Draw) => {
  const { shape, filter, channels, attributes } = sliding(draw);
  const strides = typeof attributes.strides === 'number' ? attributes.strides : 1;
  const dilations = strides === 1 && attributes.pad === 'same' ? draw.pick([1, 2]) : 1;
  return { shape, filter: [...filter, channels, draw.whole(1, 3)], all: { ...attributes, strides, dilations } };
};

/** A convolution in space. */
const spatial = (draw: Draw) => {
  const shape = [draw.whole(1, 2), ...draw.shape(3, 4).map((size) => size + 2), draw.whole(1, 2)];
  const strides = draw.pick([1, 2, [1, 2, 1]]);
  const filter = [...draw.shape(3, 3).map((size) => Math.max(size, Math.max(...[strides].flat()))), shape[4]!, 3];
  const dilations = strides === 1 ? draw.pick([1, 2]) : 1;
  const pad = dilations === 1 ? draw.pick(['same', 'valid']) : 'same';
  return { shape, filter, all: { strides, pad, dataFormat: 'NDHWC', dilations } };
};

/** What a convolution is drawn as. */
type Drawn = (draw: Draw) => { readonly shape: number[]; readonly filter: number[]; readonly all: object };

/**
 * A convolution and its gradients: that at the input is the transpose of the convolution itself. TensorFlow.js has none
 * of dilated ones, but for depthwise ones at the input.
 */
const family = (kernel: string, [atInput, atFilter]: readonly [string, string], of: Drawn, dilated = false): Cases => ({
  [kernel]: (draw) => {
    const { shape, filter, all } = of(draw);
    return one(kernel, { x: draw(shape), filter: draw(filter) }, all);
  },
  [atInput]: (draw) => {
    const { shape, filter, all } = of(draw);
    const given = dilated ? all : { ...all, dilations: 1 };
    const [weights, dy] = [draw(filter), draw(shapeAfter(kernel, draw, [shape, filter], given))];
    if (draw.reference) return adjoint(shape, (x) => one(kernel, { x, filter: weights }, given), dy);
    return one(atInput, { dy, filter: weights }, { ...given, inputShape: shape });
  },
  [atFilter]: (draw) => {
    const { shape, filter, all } = of(draw);
    const given = { ...all, dilations: 1 };
    const dy = draw(shapeAfter(kernel, draw, [shape, filter], given));
    return one(atFilter, { x: draw(shape), dy }, { ...given, filterShape: filter });
  },
});

const plane = family('Conv2D', ['Conv2DBackpropInput', 'Conv2DBackpropFilter'], plain);

/** Convolutions of every kind, and their gradients. */
export const convolution: Cases = {
  ...plane,
  Conv2D: (draw) => [plane['Conv2D']!(draw), convolvedInGroups('Conv2D', draw)].flat(),
  FusedConv2D: fused('FusedConv2D', false),
  ...grouped,
  ...family(
    'DepthwiseConv2dNative',
    ['DepthwiseConv2dNativeBackpropInput', 'DepthwiseConv2dNativeBackpropFilter'],
    depthwise,
    true,
  ),
  FusedDepthwiseConv2D: fused('FusedDepthwiseConv2D', true),
  ...family('Conv3D', ['Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2'], spatial),
};
