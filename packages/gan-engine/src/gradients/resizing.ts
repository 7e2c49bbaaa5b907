import { eye, image, matMul, reshape, sum, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';

interface Resizing {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
  readonly size: [number, number];
}

type Resize = typeof image.resizeBilinear;

/**
 * A resizing is a matrix product along the rows and one along the columns, and the matrix is the resizing of the
 * identity: so its gradient is the product with the transposed matrices, whatever the options, to any order. The stock
 * gradient of the bilinear one confuses height and width, and both ignore `halfPixelCenters`.
 */
export function registerResizingGradients(): void {
  replaceGradient('ResizeBilinear', ['images'], (dy, [images], attributes: Resizing) => ({
    images: () => adjoint(image.resizeBilinear, dy, images, attributes),
  }));

  // Where each pixel is repeated as often as the others, as in a generator, they are summed where they lie.
  replaceGradient('ResizeNearestNeighbor', ['images'], (dy, [images], attributes: Resizing) => ({
    images: () => {
      const [batch, height, width, channels] = images.shape as [number, number, number, number];
      const [down, across] = [dy.shape[1]! / height, dy.shape[2]! / width];
      return Number.isInteger(down) && Number.isInteger(across) && !attributes.alignCorners
        ? sum(reshape(dy, [batch, height, down, width, across, channels]), [2, 4])
        : adjoint(image.resizeNearestNeighbor, dy, images, attributes);
    },
  }));
}

function adjoint(resize: Resize, dy: Tensor, images: Tensor, { alignCorners, halfPixelCenters }: Resizing): Tensor {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const [, newHeight, newWidth] = dy.shape as [number, number, number, number];
  const matrix = (from: number, to: number) =>
    reshape(resize(reshape(eye(from), [1, from, 1, from]) as Tensor4D, [to, 1], alignCorners, halfPixelCenters), [
      1,
      to,
      from,
    ]);
  const rows = matMul(matrix(height, newHeight), reshape(dy, [batch, newHeight, newWidth * channels]), true);
  const columns = matMul(matrix(width, newWidth), reshape(rows, [batch * height, newWidth, channels]), true);
  return reshape(columns, images.shape);
}
