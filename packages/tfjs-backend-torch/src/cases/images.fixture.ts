import { concat, slice, tensor2d } from '@tensorflow/tfjs-core';
import { type Case, type Cases, type Draw, one } from '../differential.fixture.js';
import { adjoint } from './adjoint.fixture.js';

/** Images and another size for them, under one of the three ways to align the two. */
const resized = (draw: Draw) => {
  const shape = [draw.sizes(1, 2)[0]!, draw.whole(1, 6), draw.whole(1, 6), draw.whole(1, 3)];
  const [alignCorners, halfPixelCenters] = draw.pick([
    [false, false],
    [true, false],
    [false, true],
  ]);
  const size = draw.pick([draw.shape(2, 9), [shape[1]! * 2, shape[2]! * 2]]);
  return { shape, attributes: { alignCorners, halfPixelCenters, size } };
};

const resizing = (kernel: string): Case => {
  return (draw) => {
    const { shape, attributes } = resized(draw);
    return one(kernel, { images: draw(shape) }, attributes);
  };
};

/** The transpose of resizing. tfjs's own forget half-pixel centres, mistake height for width, or mix up the batch. */
const gradient = (kernel: string): Case => {
  return (draw) => {
    const { shape, attributes } = resized(draw);
    const dy = draw([shape[0]!, ...attributes.size, shape[3]!]);
    if (draw.reference) return adjoint(shape, (images) => one(kernel, { images }, attributes), dy);
    return one(`${kernel}Grad`, { images: draw(shape), dy }, attributes);
  };
};

const near = (draw: Draw, about: number): number => about + draw.whole(-50, 50) / 101;

/** Images at other places than their own pixels. */
export const images: Cases = {
  ResizeBilinear: resizing('ResizeBilinear'),
  ResizeBilinearGrad: gradient('ResizeBilinear'),
  ResizeNearestNeighbor: resizing('ResizeNearestNeighbor'),
  ResizeNearestNeighborGrad: gradient('ResizeNearestNeighbor'),
  CropAndResize: (draw) => {
    const image = draw([2, ...draw.shape(3, 6)]);
    const count = draw.whole(0, 4);
    const boxes = draw([count, 4], 'float32', [-0.3, 1.3]);
    const attributes = {
      cropSize: draw.shape(2, 5),
      method: draw.pick(['bilinear', 'nearest']),
      extrapolationValue: draw.pick([0, -3]),
    };
    return one('CropAndResize', { image, boxes, boxInd: draw([count], 'int32', [0, 2]) }, attributes);
  },
  RotateWithOffset: (draw) => {
    const image = draw([...draw.sizes(1, 3), ...draw.shape(3, 4)], draw.pick(['float32', 'int32'] as const), [0, 255]);
    const attributes = {
      radians: draw.pick([0.3, Math.PI / 2, -2]),
      fillValue: draw.pick([0, 7, [1, 2, 3]]),
      center: draw.pick([0.5, [0.2, 0.9]]),
    };
    return one('RotateWithOffset', { image }, attributes);
  },
  Transform: (draw) => {
    const shape = draw.shape(4, 5);
    const rows = Array.from({ length: draw.pick([1, shape[0]!]) }, () => [
      ...[near(draw, 1), near(draw, 0), near(draw, 0)],
      ...[near(draw, 0), near(draw, 1), near(draw, 0)],
      ...[near(draw, 0) / 9, near(draw, 0) / 9],
    ]);
    const attributes = {
      interpolation: draw.pick(['nearest', 'bilinear']),
      fillMode: draw.pick(['constant', 'reflect', 'wrap', 'nearest']),
      fillValue: draw.pick([0, 5]),
      outputShape: draw.pick([undefined, draw.shape(2, 6)]),
    };
    const image = draw(shape);
    if (!draw.reference) return one('Transform', { image, transforms: tensor2d(rows) }, attributes);
    // The cpu backend transforms the first image alone.
    const each = Array.from({ length: shape[0]! }, (_, index) => {
      const transforms = tensor2d([rows[index] ?? rows[0]!]);
      return one('Transform', { image: slice(image, index, 1), transforms }, attributes);
    });
    return concat(each, 0);
  },
};
