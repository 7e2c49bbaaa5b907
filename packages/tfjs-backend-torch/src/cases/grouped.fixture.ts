import { add, concat, split, type Tensor } from '@tensorflow/tfjs-core';
import { type Cases, type Draw, one } from '../differential.fixture.js';
import { adjoint } from './adjoint.fixture.js';
import { sliding } from './sliding.fixture.js';

/** A convolution in 1 to 3 groups, of as many channels and filters each as are drawn. */
const drawn = (draw: Draw) => {
  const { shape, filter, channels, attributes } = sliding(draw);
  const groups = draw.whole(1, 3);
  const x = [...shape.slice(0, 3), groups * channels];
  const dilations = attributes.strides === 1 && attributes.pad === 'same' ? draw.pick([1, 2]) : 1;
  const weights = [...filter, channels, groups * draw.whole(1, 3)];
  return { x, weights, groups, all: { ...attributes, dataFormat: 'NHWC', dilations } };
};

/** As many plain convolutions side by side as there are groups. */
const sideBySide = (x: Tensor, filter: Tensor, groups: number, all: object): Tensor => {
  const [maps, filters] = [split(x, groups, 3), split(filter, groups, 3)];
  return concat(
    maps.map((map, k) => one('Conv2D', { x: map, filter: filters[k] }, all)),
    3,
  );
};

const convolve = (kernel: string, draw: Draw, [x, filter]: readonly [Tensor, Tensor], groups: number, all: object) =>
  draw.reference ? sideBySide(x, filter, groups, all) : one(kernel, { x, filter }, all);

/** A kernel of convolutions that is given a filter of fewer channels than the picture has. */
export const convolvedInGroups = (kernel: string, draw: Draw): Tensor => {
  const { x, weights, groups, all } = drawn(draw);
  return convolve(kernel, draw, [draw(x), draw(weights)], groups, all);
};

/** Convolutions in groups, with a bias and without, and their gradients; beside plain ones of the parts. */
export const grouped: Cases = {
  GroupedConv2D: (draw) => {
    const { x, weights, groups, all } = drawn(draw);
    const [picture, filter, bias] = [draw(x), draw(weights), draw([weights[3]!])];
    const plain = convolve('GroupedConv2D', draw, [picture, filter], groups, all);
    if (draw.reference) return [plain, add(plain, bias)];
    return [plain, one('GroupedConv2D', { x: picture, filter, bias }, all)];
  },
  GroupedConv2DBackpropInput: (draw) => {
    const { x, weights, groups, all } = drawn(draw);
    const filter = draw(weights);
    const { shape } = convolve('GroupedConv2D', draw, [draw(x), filter], groups, all);
    const dy = draw(shape);
    if (!draw.reference) return one('GroupedConv2DBackpropInput', { dy, filter }, { ...all, inputShape: x });
    const [slopes, filters] = [split(dy, groups, 3), split(filter, groups, 3)];
    const part = [...x.slice(0, 3), x[3]! / groups];
    return concat(
      slopes.map((slope, k) => adjoint(part, (given) => one('Conv2D', { x: given, filter: filters[k] }, all), slope)),
      3,
    );
  },
  GroupedConv2DBackpropFilter: (draw) => {
    const { x, weights, groups, all: dilated } = drawn(draw);
    const all = { ...dilated, dilations: 1 };
    const picture = draw(x);
    const { shape } = convolve('GroupedConv2D', draw, [picture, draw(weights)], groups, all);
    const dy = draw(shape);
    if (!draw.reference)
      return one('GroupedConv2DBackpropFilter', { x: picture, dy }, { ...all, filterShape: weights });
    const [maps, slopes] = [split(picture, groups, 3), split(dy, groups, 3)];
    const filterShape = [...weights.slice(0, 3), weights[3]! / groups];
    return concat(
      maps.map((map, k) => one('Conv2DBackpropFilter', { x: map, dy: slopes[k] }, { ...all, filterShape })),
      3,
    );
  },
};
