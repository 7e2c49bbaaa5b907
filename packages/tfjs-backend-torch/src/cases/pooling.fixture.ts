import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type Case, type Cases, type Draw, one, run } from '../differential.fixture.js';
import { adjoint } from './adjoint.fixture.js';
import { sliding } from './sliding.fixture.js';

/** Windows of a pooling, none of which lies outside the image altogether: what that gives, the cpu backend leaves open. */
const windows = (draw: Draw) => {
  const { shape, filter, attributes } = sliding(draw);
  const { dimRoundingMode: _, ...rest } = attributes;
  const pad = typeof rest.pad === 'string' || Math.min(...filter) < 3 ? draw.pick(['same', 'valid']) : rest.pad;
  const rounding = typeof pad === 'string' ? {} : { dimRoundingMode: 'floor' };
  return { shape, attributes: { ...rest, ...rounding, pad, filterSize: filter } };
};

/** In space, no stride is beyond the window: there the cpu backend pads by less than nothing. */
const spatial = (draw: Draw) => ({
  shape: [draw.whole(1, 2), ...draw.shape(3, 4).map((size) => size + 2), draw.whole(1, 2)],
  attributes: {
    filterSize: draw.pick([2, 3, [2, 3, 2]]),
    strides: draw.pick([1, 2, [1, 2, 1]]),
    pad: draw.pick(['same', 'valid']),
    dataFormat: 'NDHWC',
  },
});

type Windows = ReturnType<typeof windows> | ReturnType<typeof spatial>;

const forward = (kernel: string, of: (draw: Draw) => Windows): Case => {
  return (draw) => {
    const { shape, attributes } = of(draw);
    return one(kernel, { x: draw(shape) }, attributes);
  };
};

/** The transpose of taking averages: the cpu backend divides by the whole window where a part of it lies outside. */
const averageGradient = (kernel: string, of: (draw: Draw) => Windows): Case => {
  return (draw) => {
    const { shape, attributes } = of(draw);
    const input = draw(shape);
    const dy = draw(one(kernel, { x: input }, attributes).shape);
    if (draw.reference) return adjoint(shape, (x) => one(kernel, { x }, attributes), dy);
    return one(`${kernel}Grad`, { dy, input }, attributes);
  };
};

/**
 * Every `dy` at the place that has the largest number of its window. The numbers are drawn, so each stands in one place
 * alone. The cpu backend takes another place in space if a window's sides differ.
 */
const sentBack = (dy: Tensor, input: Tensor, output: Tensor): Tensor => {
  const place = new Map(Array.from(input.dataSync(), (value, index) => [value, index]));
  const gradient = new Float32Array(input.size);
  const upstream = dy.dataSync();
  output.dataSync().forEach((value, index) => {
    gradient[place.get(value)!]! += upstream[index]!;
  });
  return tensor(gradient, input.shape);
};

const largestGradient = (kernel: string, of: (draw: Draw) => Windows): Case => {
  return (draw) => {
    const { shape, attributes } = of(draw);
    const input = draw(shape);
    const output = one(kernel, { x: input }, attributes);
    const dy = draw(output.shape);
    return draw.reference ? sentBack(dy, input, output) : one(`${kernel}Grad`, { dy, input, output }, attributes);
  };
};

/** Pooling, grey-scale dilation, and batch and response normalisation. */
export const pooling: Cases = {
  AvgPool: forward('AvgPool', windows),
  AvgPoolGrad: averageGradient('AvgPool', windows),
  MaxPool: forward('MaxPool', windows),
  MaxPoolGrad: largestGradient('MaxPool', windows),
  AvgPool3D: forward('AvgPool3D', spatial),
  AvgPool3DGrad: averageGradient('AvgPool3D', spatial),
  MaxPool3D: forward('MaxPool3D', spatial),
  MaxPool3DGrad: largestGradient('MaxPool3D', spatial),
  MaxPoolWithArgmax: (draw) => {
    const { shape, attributes } = windows(draw);
    const all = { ...attributes, includeBatchInIndex: draw.pick([true, false]) };
    return run('MaxPoolWithArgmax', { x: draw(shape) }, all);
  },
  ...Object.fromEntries(
    ['Dilation2D', 'Dilation2DBackpropInput', 'Dilation2DBackpropFilter'].map((kernel): [string, Case] => [
      kernel,
      (draw) => {
        const { shape, filter, channels } = sliding(draw);
        const strides = draw.pick([1, 2]);
        const attributes = {
          strides,
          pad: draw.pick(['same', 'valid']),
          dilations: strides === 1 ? draw.pick([1, 2]) : 1,
        };
        const fits = filter.map((size, axis) => Math.max(1, Math.min(size, Math.floor(shape[axis + 1]! / 2))));
        const dtype = kernel === 'Dilation2D' ? draw.pick(['float32', 'int32'] as const) : 'float32';
        const inputs = { x: draw(shape, dtype), filter: draw([...fits, channels], dtype) };
        const y = one('Dilation2D', inputs, attributes);
        return kernel === 'Dilation2D' ? y : one(kernel, { ...inputs, dy: draw(y.shape) }, attributes);
      },
    ]),
  ),
  FusedBatchNorm: (draw) => {
    const shape = draw.shape(draw.whole(2, 4), 5);
    const channels = [shape.at(-1)!];
    const whole = draw.pick([channels, shape]);
    const some = { x: draw(shape), mean: draw(whole), variance: draw(whole, 'float32', [0.1, 2]) };
    const others = draw.pick([{ offset: draw(whole), scale: draw(whole) }, {}, { scale: draw(whole) }]);
    return one('FusedBatchNorm', { ...some, ...others }, { varianceEpsilon: 1e-3 });
  },
  ...Object.fromEntries(
    ['LRN', 'LRNGrad'].map((kernel): [string, Case] => [
      kernel,
      (draw) => {
        const x = draw([...draw.sizes(3, 3), draw.whole(1, 7)]);
        const attributes = { depthRadius: draw.whole(0, 5), bias: 1, alpha: 0.3, beta: draw.pick([0.5, 0.75]) };
        const y = one('LRN', { x }, attributes);
        return kernel === 'LRN' ? y : one('LRNGrad', { x, y, dy: draw(x.shape) }, attributes);
      },
    ]),
  ),
};
