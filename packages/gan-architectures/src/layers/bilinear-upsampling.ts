import { image, type Tensor4D } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';

/**
 * Twice the sides of a map, by straight lines between its places, of which those in the corners stay in the corners.
 *
 * @returns A layer from `[batch, height, width, channels]` to `[batch, 2 height, 2 width, channels]`.
 */
export const bilinearUpsampling = defineLayer({
  name: 'BilinearUpsampling',
  options: {},
  shape: ([map]) => {
    const [batch, height, width, channels] = map!;
    const twice = (side: number | null | undefined) => (side == null ? null : 2 * side);
    return [batch!, twice(height), twice(width), channels!];
  },
  call: ({ inputs: [x] }) => {
    const [height, width] = x!.shape.slice(1, 3) as [number, number];
    return image.resizeBilinear(x as Tensor4D, [2 * height, 2 * width], true);
  },
});
