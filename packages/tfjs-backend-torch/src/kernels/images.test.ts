import type { Tensor } from '@tensorflow/tfjs-core';
import { type Draw, describeOnTorch, itAgrees, run } from '../differential.fixture.js';

type Pad = 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];

/** A convolution or pooling that fits: sizes odd and even, strides, dilations, every kind of padding. */
const sliding = (draw: Draw) => {
  const [batch, channels] = draw.shape(2, 3) as [number, number];
  const [height, width] = [draw.whole(5, 9), draw.whole(5, 9)];
  const filter = [draw.whole(1, 4), draw.whole(1, 4)] as [number, number];
  const strides = draw.pick([1, 2, 3, [1, 2]] as const);
  const uneven: Pad = [
    [0, 0],
    [draw.whole(0, 2), draw.whole(0, 2)],
    [draw.whole(0, 2), draw.whole(0, 2)],
    [0, 0],
  ];
  const pad = draw.pick<Pad>(['same', 'valid', 1, 'same', uneven]);
  const dimRoundingMode =
    typeof pad === 'number' || Array.isArray(pad) ? draw.pick(['floor', 'round', 'ceil'] as const) : undefined;
  const shape = [batch, height, width, channels];
  return { shape, filter, channels, attributes: { strides, pad, ...(dimRoundingMode && { dimRoundingMode }) } };
};

const shapeOf = (result: Tensor | Tensor[]): number[] => (result as Tensor).shape;

describeOnTorch('images', () => {
  itAgrees('a convolution and both its gradients', 60, (draw) => {
    const { shape, filter, channels, attributes } = sliding(draw);
    const out = draw.whole(1, 4);
    const dataFormat = 'NHWC';
    const all = { ...attributes, dataFormat, dilations: 1 };
    const [x, w] = [draw(shape), draw([...filter, channels, out])];
    const y = run('Conv2D', { x, filter: w }, all) as Tensor;
    const dy = draw(shapeOf(y));
    return [
      y,
      run('Conv2DBackpropInput', { dy, filter: w }, { ...all, inputShape: shape }) as Tensor,
      run('Conv2DBackpropFilter', { x, dy }, { ...all, filterShape: w.shape }) as Tensor,
    ];
  });

  itAgrees('a convolution with channels first, and one with dilations', 20, (draw) => {
    const { attributes, filter } = sliding(draw);
    const first = typeof attributes.pad === 'object' ? 'same' : attributes.pad;
    const options = { ...attributes, pad: first };
    return [
      run(
        'Conv2D',
        { x: draw([2, 3, 9, 8]), filter: draw([...filter, 3, 2]) },
        { ...options, dataFormat: 'NCHW', dilations: 1 },
      ) as Tensor,
      run(
        'Conv2D',
        { x: draw([2, 9, 8, 3]), filter: draw([3, 2, 3, 2]) },
        { ...options, strides: 1, dataFormat: 'NHWC', dilations: draw.pick([2, [2, 1]]) },
      ) as Tensor,
    ];
  });

  for (const activation of ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'])
    itAgrees(`fused convolutions with ${activation}`, 8, (draw) => {
      const { shape, filter, channels, attributes } = sliding(draw);
      const options = { ...attributes, dataFormat: 'NHWC', dilations: 1, activation, leakyreluAlpha: 0.3 };
      const prelu = (size: number) => (activation === 'prelu' ? { preluActivationWeights: draw([size]) } : {});
      const x = draw(shape);
      return [
        run(
          'FusedConv2D',
          { x, filter: draw([...filter, channels, 3]), bias: draw([3]), ...prelu(3) },
          options,
        ) as Tensor,
        run(
          'FusedDepthwiseConv2D',
          { x, filter: draw([...filter, channels, 1]), bias: draw([channels]), ...prelu(channels) },
          options,
        ) as Tensor,
      ];
    });

  itAgrees('a depthwise convolution and both its gradients', 40, (draw) => {
    const { shape, filter, channels, attributes } = sliding(draw);
    const strides = Array.isArray(attributes.strides) ? 1 : attributes.strides;
    const all = { ...attributes, strides, dilations: strides === 1 ? draw.pick([1, 2]) : 1 };
    const pad = all.dilations === 1 ? all.pad : 'same';
    const [x, w] = [draw(shape), draw([...filter, channels, draw.whole(1, 3)])];
    const y = run('DepthwiseConv2dNative', { x, filter: w }, { ...all, pad }) as Tensor;
    const dy = draw(shapeOf(y));
    const backward = { ...all, pad: attributes.pad, dilations: 1 };
    const plain = run('DepthwiseConv2dNative', { x, filter: w }, backward) as Tensor;
    const upstream = draw(shapeOf(plain));
    return [
      y,
      dy,
      run(
        'DepthwiseConv2dNativeBackpropInput',
        { dy: upstream, filter: w },
        { ...backward, inputShape: shape },
      ) as Tensor,
      run('DepthwiseConv2dNativeBackpropFilter', { x, dy: upstream }, { ...backward, filterShape: w.shape }) as Tensor,
    ];
  });

  itAgrees('a convolution over three dimensions and both its gradients', 20, (draw) => {
    const shape = [draw.whole(1, 2), ...draw.shape(3, 4).map((size) => size + 2), 2];
    const all = { strides: draw.pick([1, 2]), pad: draw.pick(['same', 'valid']), dataFormat: 'NDHWC', dilations: 1 };
    const [x, filter] = [draw(shape), draw([draw.whole(2, 3), draw.whole(2, 3), draw.whole(2, 3), 2, 3])];
    const y = run('Conv3D', { x, filter }, all) as Tensor;
    const dy = draw(shapeOf(y));
    return [
      y,
      run('Conv3DBackpropInputV2', { dy, filter }, { ...all, inputShape: shape }) as Tensor,
      run('Conv3DBackpropFilterV2', { x, dy }, { ...all, filterShape: filter.shape }) as Tensor,
    ];
  });

  itAgrees('averages and maxima of windows', 40, (draw) => {
    const { shape, filter, attributes } = sliding(draw);
    // A window wholly outside the image has the average 0 here, NaN or 0 on cpu.
    const { dimRoundingMode: _, ...even } = attributes;
    const all = { ...even, pad: typeof even.pad === 'string' ? even.pad : 'same', filterSize: filter };
    return [run('AvgPool', { x: draw(shape) }, all) as Tensor, run('MaxPool', { x: draw(shape) }, all) as Tensor];
  });

  itAgrees('the gradient of a maximum, and of an average of whole windows', 30, (draw) => {
    const { shape, filter, attributes } = sliding(draw);
    const all = { ...attributes, filterSize: filter };
    const input = draw(shape);
    const output = run('MaxPool', { x: input }, all) as Tensor;
    const whole = { ...all, pad: 'valid', filterSize: 2 };
    const average = run('AvgPool', { x: input }, whole) as Tensor;
    return [
      run('MaxPoolGrad', { dy: draw(output.shape), input, output }, all) as Tensor,
      run('AvgPoolGrad', { dy: draw(average.shape), input }, whole) as Tensor,
    ];
  });

  itAgrees('the same over three dimensions', 20, (draw) => {
    const shape = [2, ...draw.shape(3, 4).map((size) => size + 2), 2];
    const all = {
      filterSize: draw.pick([2, 3]),
      strides: draw.pick([1, 2]),
      pad: draw.pick(['same', 'valid']),
      dataFormat: 'NDHWC',
    };
    const input = draw(shape);
    const output = run('MaxPool3D', { x: input }, all) as Tensor;
    const average = run('AvgPool3D', { x: input }, { ...all, pad: 'valid' }) as Tensor;
    return [
      output,
      run('AvgPool3D', { x: input }, all) as Tensor,
      run('MaxPool3DGrad', { dy: draw(output.shape), input, output }, all) as Tensor,
      run('AvgPool3DGrad', { dy: draw(average.shape), input }, { ...all, pad: 'valid' }) as Tensor,
    ];
  });

  itAgrees('batch normalisation with given statistics', 20, (draw) => {
    const shape = draw.shape(draw.whole(2, 4), 5);
    const channels = [shape.at(-1)!];
    const whole = draw.pick([channels, shape]);
    const some = { x: draw(shape), mean: draw(whole), variance: draw(whole, 'float32', [0.1, 2]) };
    return [
      run('FusedBatchNorm', { ...some, offset: draw(whole), scale: draw(whole) }, { varianceEpsilon: 1e-3 }) as Tensor,
      run('FusedBatchNorm', some, { varianceEpsilon: 1e-3 }) as Tensor,
    ];
  });

  for (const kernel of ['ResizeBilinear', 'ResizeNearestNeighbor'])
    itAgrees(`${kernel} under every option`, 60, (draw) => {
      const shape = [draw.whole(1, 2), draw.whole(1, 6), draw.whole(1, 6), draw.whole(1, 3)];
      const [alignCorners, halfPixelCenters] = draw.pick([
        [false, false],
        [true, false],
        [false, true],
      ]) as [boolean, boolean];
      const size = draw.pick([draw.shape(2, 9), [shape[1]! * 2, shape[2]! * 2]]);
      return run(kernel, { images: draw(shape) }, { alignCorners, halfPixelCenters, size });
    });

  // tfjs's own gradients forget half-pixel centres; the bilinear one mistakes height for width, the other one batches.
  for (const kernel of ['ResizeBilinearGrad', 'ResizeNearestNeighborGrad'])
    itAgrees(kernel, 40, (draw) => {
      const side = draw.whole(2, 5);
      const shape = [1, side, side, 2];
      const attributes = { alignCorners: draw.pick([true, false]), halfPixelCenters: false, size: [0, 0] };
      const [height, width] = draw.pick([draw.shape(2, 9), [side * 2, side * 3]]) as [number, number];
      return run(kernel, { images: draw(shape), dy: draw([1, height, width, 2]) }, attributes);
    });
});
