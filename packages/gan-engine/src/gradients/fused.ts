import {
  add,
  conv2d,
  depthwiseConv2d,
  engine,
  fused,
  reshape,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { kernel } from '../kernels/call.js';
import { gradientsOfProduct, type Product } from './matrix-product.js';
import { replaceGradient } from './replace-gradient.js';

interface Convolution {
  readonly strides: number | [number, number];
  readonly pad: number | 'same' | 'valid';
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly activation?: string;
}

type Conv2d = (typeof fused)['conv2d'];
type DepthwiseConv2d = (typeof fused)['depthwiseConv2d'];
type MatMul = (typeof fused)['matMul'];

const patched = new WeakSet<object>();

/**
 * Lets `fused.conv2d` and `fused.matMul`, which the Conv2D and Dense layers of tfjs-layers call, compute only the
 * gradients that are asked for. The stock ones compute those of input and weights both, whoever asks: a discriminator's
 * update would differentiate with respect to pictures, a generator's with respect to the discriminator's filters.
 *
 * Under a tape, and without an activation, the fused kernel is recorded with a gradient of its own; a dilated
 * convolution, which the stock ops do not differentiate, is followed by an addition; all else goes the way it went. Where the ops cannot be replaced (a bundle of ES modules) nothing changes but speed.
 */
export function registerFusedGradients(): void {
  replaceGradient('FusedConv2D', ['x', 'filter'], (dy, [x, filter], attributes: Convolution) => {
    assertLinear('FusedConv2D', attributes);
    const { strides, pad, dataFormat, dimRoundingMode } = attributes;
    const how = { strides, pad, dataFormat, dimRoundingMode };
    return {
      x: () => kernel('Conv2DBackpropInput', { dy, filter }, { ...how, inputShape: x.shape }),
      filter: () => kernel('Conv2DBackpropFilter', { x, dy }, { ...how, filterShape: filter.shape }),
      bias: () => sum(dy, [0, 1, 2]),
    };
  });
  replaceGradient('_FusedMatMul', ['a', 'b'], (dy, [a, b], attributes: Product & { activation?: string }) => {
    assertLinear('_FusedMatMul', attributes);
    return {
      ...gradientsOfProduct(dy, a, b, attributes),
      bias: () => sum(dy, [0, 1]),
    };
  });
  if (patched.has(fused) || !Object.getOwnPropertyDescriptor(fused, 'conv2d')?.writable) return;
  patched.add(fused);
  const stock = { ...fused };
  const ops = fused as { conv2d: Conv2d; depthwiseConv2d: DepthwiseConv2d; matMul: MatMul };
  ops.conv2d = ((options) =>
    convolves(options)
      ? convolution(options)
      : isDilated(options)
        ? biased(conv2d, options)
        : stock.conv2d(options)) as Conv2d;
  ops.depthwiseConv2d = ((options) =>
    isDilated(options) ? biased(depthwiseConv2d, options) : stock.depthwiseConv2d(options)) as DepthwiseConv2d;
  ops.matMul = ((options) => (multiplies(options) ? multiplication(options) : stock.matMul(options))) as MatMul;
}

const isDilated = ({ activation, dataFormat = 'NHWC', dilations = 1 }: Parameters<Conv2d>[0]): boolean =>
  isTaped(activation) && dataFormat === 'NHWC' && [dilations].flat().some((dilation) => dilation !== 1);

function biased(convolve: typeof conv2d | typeof depthwiseConv2d, options: Parameters<Conv2d>[0]): Tensor {
  const { x, filter, bias, strides, pad, dataFormat, dilations, dimRoundingMode } = options;
  const y = convolve(x, filter, strides, pad as 'same', dataFormat, dilations, dimRoundingMode);
  return bias == null ? y : add(y, bias);
}

function assertLinear(kernelName: string, { activation = 'linear' }: { readonly activation?: string }): void {
  if (activation !== 'linear')
    throw new TypeError(
      `the gradient of the kernel ${kernelName} is known for the activation 'linear' only, not '${activation}': call the op, ` +
        'which applies the activation by itself while it is differentiated',
    );
}

const isTaped = (activation: string | undefined): boolean =>
  engine().state.gradientDepth > 0 && (activation ?? 'linear') === 'linear';

const isRow = (bias: unknown, length: number | undefined): boolean =>
  bias == null || ((bias as Tensor).shape?.length === 1 && (bias as Tensor).shape[0] === length);

const floats = (...tensors: unknown[]): boolean =>
  tensors.every((tensor) => tensor == null || (tensor as Tensor).dtype === 'float32');

/** What the recorded kernel stands for; the stock op knows the rest, its complaints included. */
function convolves({
  x,
  filter,
  bias,
  activation,
  dataFormat = 'NHWC',
  dilations = 1,
}: Parameters<Conv2d>[0]): boolean {
  const [image, kernels] = [x as Tensor, filter as Tensor];
  return (
    isTaped(activation) &&
    floats(image, kernels, bias) &&
    image.rank === 4 &&
    kernels.rank === 4 &&
    image.shape[3] === kernels.shape[2] &&
    dataFormat === 'NHWC' &&
    [dilations].flat().every((dilation) => dilation === 1) &&
    isRow(bias, kernels.shape[3])
  );
}

function convolution({ x, filter, bias, strides, pad, dimRoundingMode }: Parameters<Conv2d>[0]): Tensor {
  const inputs = { x: x as Tensor, filter: filter as Tensor, ...(bias == null ? {} : { bias: bias as Tensor }) };
  const attributes = { strides, pad, dataFormat: 'NHWC', dilations: [1, 1], dimRoundingMode, activation: 'linear' };
  return kernel('FusedConv2D', inputs, attributes);
}

function multiplies({ a, b, transposeB, bias, activation }: Parameters<MatMul>[0]): boolean {
  const [left, right] = [a as Tensor2D, b as Tensor2D];
  return (
    isTaped(activation) &&
    floats(left, right, bias) &&
    left.rank === 2 &&
    right.rank === 2 &&
    isRow(bias, right.shape[transposeB ? 0 : 1])
  );
}

/** Kernels are given matrices in batches, here of one, as the stock op gives them. */
function multiplication({ a, b, bias, transposeA = false, transposeB = false }: Parameters<MatMul>[0]): Tensor {
  const [left, right] = [a as Tensor2D, b as Tensor2D];
  const [rows, inner] = transposeA ? [left.shape[1], left.shape[0]] : left.shape;
  const [among, columns] = transposeB ? [right.shape[1], right.shape[0]] : right.shape;
  if (inner !== among)
    throw new Error(`matMul: the inner sizes ${inner} and ${among} of [${left.shape}] and [${right.shape}] differ`);
  const inputs = {
    a: reshape(left, [1, ...left.shape]),
    b: reshape(right, [1, ...right.shape]),
    ...(bias == null ? {} : { bias: bias as Tensor }),
  };
  const product = kernel('_FusedMatMul', inputs, { transposeA, transposeB, activation: 'linear' });
  return reshape(product, [rows, columns]);
}
