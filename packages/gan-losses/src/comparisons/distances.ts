import { add, relu, square, sub, type Tensor } from '@tensorflow/tfjs-core';

/** How far apart two numbers are: |left - right|, or (left - right)^2. */
export type Distance = 'l1' | 'l2';

/** Number by number, in the shape of both. */
export const distances: Readonly<Record<Distance, (left: Tensor, right: Tensor) => Tensor>> = {
  // As two half-lines: the gradient of TensorFlow.js's own `abs` is -1 at 0, where that of `relu` is 0.
  l1: (left, right) => add(relu(sub(left, right)), relu(sub(right, left))),
  l2: (left, right) => square(sub(left, right)),
};

/** @throws TypeError unless two samples have one shape. */
export function assertAlike(term: string, left: Tensor, right: Tensor): void {
  const [one, other] = [left.shape.join('x'), right.shape.join('x')];
  if (one !== other)
    throw new TypeError(`${term} compares samples of one shape, but left is ${one} and right is ${other}`);
}

/** @throws TypeError unless a sample is a batch of pictures with sides of at least `least` pixels. */
export function assertPictures(term: string, pictures: Tensor, least: number): void {
  const [, height = 0, width = 0] = pictures.shape;
  if (pictures.rank !== 4 || height < least || width < least)
    throw new TypeError(
      `${term} wants pictures of at least ${least}x${least}, [batch, height, width, channels], but a sample is ${pictures.shape.join('x')}`,
    );
}
