import {
  add,
  avgPool,
  avgPool3d,
  backend_util,
  equal,
  logicalAnd,
  logicalNot,
  logicalOr,
  mul,
  pad,
  registerGradient,
  reshape,
  slice,
  stridedSlice,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
  tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { kernel } from '../kernels/call.js';
import { replaceGradient } from './replace-gradient.js';
import { pullback, zerosOf } from './shapes-of.js';

interface Pooling {
  readonly filterSize: number | number[];
  readonly strides: number | number[];
  readonly pad: backend_util.ExplicitPadding | number | 'same' | 'valid';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * The windows along one spatial axis; `before` and `after` are the padding that makes every one of them fit. Three-
 * dimensional ones with `same` pads that are smaller than their stride may begin inside: `before` is then negative.
 */
interface Windows {
  readonly count: number;
  readonly extent: number;
  readonly stride: number;
  readonly size: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Average and maximum pooling over two and three dimensions, to any order. The stock gradient of the average divides by
 * the whole window where the average itself divides by the part of it that lies inside the image, and neither can be
 * differentiated again.
 */
export function registerPoolingGradients(): void {
  for (const flat of ['', '3D'] as const) {
    replaceGradient(`AvgPool${flat}`, ['x'], (dy, [x], attributes: Pooling) => ({
      x: () => {
        const windows = windowsOf(x, attributes);
        const { filterSize, strides } = attributes;
        const backward = (dy: Tensor, input: Tensor) =>
          kernel(`AvgPool${flat}Grad`, { dy, input }, { filterSize, strides, pad: 'valid' });
        if (windows.every(({ before, after }) => before === 0 && after === 0)) return backward(dy, x);
        return fitting(backward(windows.reduce(timesShares, dy), fitting(x, windows, 0)), windows.map(undone), 0);
      },
    }));
    replaceGradient(`AvgPool${flat}Grad`, ['input'], (ddx, [input], { filterSize, strides }: Pooling) => ({
      dy: () =>
        flat === ''
          ? avgPool(ddx as Tensor4D, filterSize as Pair, strides as Pair, 'valid')
          : avgPool3d(ddx as Tensor5D, filterSize as Triple, strides as Triple, 'valid'),
      input: () => zerosOf(input),
    }));
  }
  // Of several equal maxima the first one, by rows, has the gradient.
  replaceGradient('MaxPoolGrad', ['dy', 'input', 'output'], (ddx, [dy, input, output], attributes: Pooling) => ({
    dy: () => atMaxima(ddx, input, output, attributes),
    input: () => zerosOf(input),
    output: () => zerosOf(dy),
  }));
  // Not by the kernel for it, which is wrong on the JavaScript engine where windows overlap.
  registerGradient({
    kernelName: 'MaxPool3D',
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, [x, y], attributes) => ({
      x: () => pullback(() => atMaxima(x!, x!, y!, attributes as unknown as Pooling), x!, dy as Tensor),
    }),
  });
  registerGradient({
    kernelName: 'MaxPoolWithArgmax',
    inputsToSave: ['x'],
    outputsToSave: [true, false],
    gradFunc: (dys, [input, output], attributes) => ({
      x: () => kernel('MaxPoolGrad', { dy: (dys as Tensor[])[0]!, input: input!, output: output! }, attributes),
    }),
  });
}

type Pair = [number, number];
type Triple = [number, number, number];

/** Where the windows lie, by spatial axis. */
function windowsOf(x: Tensor, { filterSize, strides, pad, dimRoundingMode }: Pooling): readonly Windows[] {
  const along = (count: number, extent: number, stride: number, size: number, before: number): Windows => {
    const after = Math.max(0, (count - 1) * stride + extent - size - before);
    return { count, extent, stride, size, before, after };
  };
  if (x.rank === 4) {
    const shape = x.shape as [...Pair, ...Pair];
    const info = backend_util.computePool2DInfo(shape, filterSize as Pair, strides as Pair, 1, pad, dimRoundingMode);
    return [
      along(info.outHeight, info.filterHeight, info.strideHeight, info.inHeight, info.padInfo.top),
      along(info.outWidth, info.filterWidth, info.strideWidth, info.inWidth, info.padInfo.left),
    ];
  }
  const [shape, pads] = [x.shape as [...Pair, ...Triple], pad as 'same'];
  const info = backend_util.computePool3DInfo(shape, filterSize as Triple, strides as Triple, 1, pads, dimRoundingMode);
  return [
    along(info.outDepth, info.filterDepth, info.strideDepth, info.inDepth, info.padInfo.front),
    along(info.outHeight, info.filterHeight, info.strideHeight, info.inHeight, info.padInfo.top),
    along(info.outWidth, info.filterWidth, info.strideWidth, info.inWidth, info.padInfo.left),
  ];
}

const undone = ({ before, after, ...rest }: Windows): Windows => ({ ...rest, before: -before, after: -after });

/** Adds what lies before and after, or takes it off where that is negative. */
function fitting(x: Tensor, windows: readonly Windows[], value: number): Tensor {
  const added = windows.map(({ before, after }): Pair => [Math.max(0, before), Math.max(0, after)]);
  const begins = windows.map(({ before }) => Math.max(0, -before));
  const sizes = windows.map(({ before, after }, i) => x.shape[i + 1]! + Math.min(0, before) + Math.min(0, after));
  const inner = slice(x, [0, ...begins, 0], [-1, ...sizes, -1]);
  return pad(inner, [[0, 0], ...added, [0, 0]], value);
}

/** Times how much larger each window is than the part of it inside the image, along one spatial axis. */
function timesShares(dy: Tensor, { count, extent, stride, size, before }: Windows, axis: number): Tensor {
  const shares = Array.from({ length: count }, (_, i) => {
    const start = i * stride - before;
    return extent / (Math.min(size, start + extent) - Math.max(0, start));
  });
  return mul(
    dy,
    reshape(
      tensor(shares),
      dy.shape.map((_, i) => (i === axis + 1 ? count : 1)),
    ),
  );
}

/** Takes `values` where `input` has the maximum of its window. */
function atMaxima(values: Tensor, input: Tensor, output: Tensor, attributes: Pooling): Tensor {
  const windows = windowsOf(input, attributes);
  const x = fitting(input, windows, Number.NEGATIVE_INFINITY);
  const v = fitting(values, windows, 0);
  const strides = [1, ...windows.map(({ stride }) => stride), 1];
  const offsets = windows.reduce<number[][]>(
    (all, { extent }) => all.flatMap((offset) => Array.from({ length: extent }, (_, i) => [...offset, i])),
    [[]],
  );
  let found: Tensor | undefined;
  let sum = zerosLike(output);
  for (const offset of offsets) {
    const ends = windows.map(({ count, stride }, i) => offset[i]! + (count - 1) * stride + 1);
    const at = (t: Tensor) => stridedSlice(t, [0, ...offset, 0], [x.shape[0]!, ...ends, x.shape.at(-1)!], strides);
    const hit = equal(at(x), output);
    const first = found ? logicalAnd(hit, logicalNot(found)) : hit;
    found = found ? logicalOr(found, hit) : hit;
    sum = add(sum, where(first, at(v), zerosLike(output)));
  }
  return sum;
}
