import {
  conv2d,
  getBackend,
  grad,
  grads,
  matMul,
  mul,
  sum,
  type Tensor,
  type Tensor4D,
  tanh,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';

/**
 * Lets the current backend compute a product, a convolution with its gradients, and a second derivative, whose results
 * are known, and reads them back.
 *
 * @throws Error naming what is wrong if any of them is, or does not run.
 */
export async function probe(): Promise<void> {
  for (const [name, compute, expected] of questions) {
    const result = tidy(compute);
    const found = [...(await result.data())];
    result.dispose();
    if (found.length !== expected.length || found.some((value, i) => !(Math.abs(value - expected[i]!) < 1e-4)))
      throw new Error(
        `the backend '${getBackend()}' computes ${name} wrongly: [${found.join(', ')}], not [${expected.join(', ')}]`,
      );
  }
}

const image = () => tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]) as Tensor4D;
const filter = () => tensor([1, 2, 3, 4], [2, 2, 1, 1]) as Tensor4D;
const convolution = (x: Tensor, f: Tensor) => conv2d(x as Tensor4D, f as Tensor4D, 1, 'valid');
const slopes = () => grads((x: Tensor, f: Tensor) => sum(convolution(x, f)))([image(), filter()]);

const questions: readonly (readonly [string, () => Tensor, readonly number[]])[] = [
  // 1 5 + 2 7 = 19, 1 6 + 2 8 = 22, 3 5 + 4 7 = 43, 3 6 + 4 8 = 50.
  ['a product', () => matMul(tensor([1, 2, 3, 4], [2, 2]), tensor([5, 6, 7, 8], [2, 2])), [19, 22, 43, 50]],
  // The window at the top left: 1 1 + 2 2 + 3 4 + 4 5 = 37; one to the right adds 1 + 2 + 3 + 4 = 10, one down 30.
  ['a convolution', () => convolution(image(), filter()), [37, 47, 67, 77]],
  // How often each weight meets each pixel, times the weight.
  ['the gradient of an image', () => slopes()[0]!, [1, 3, 2, 4, 10, 6, 3, 7, 4]],
  // The sum of the pixels under each weight: 1 + 2 + 4 + 5 = 12, and 4 more to the right, 12 more down.
  ['the gradient of a filter', () => slopes()[1]!, [12, 16, 24, 28]],
  // (x t)'' = 2 t' + x t'' with t = tanh 0.7 = 0.604368, t' = 1 - t^2 = 0.634740, t'' = -2 t t' = -0.767232.
  ['a second derivative', () => grad(grad((x) => mul(x, tanh(x))))(tensor(0.7)), [0.732417]],
];
