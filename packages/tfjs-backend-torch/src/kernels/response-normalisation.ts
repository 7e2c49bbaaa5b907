import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { addNumber, multiplyNumber, powerNumber, subtractScaled } from '../native/scalars.js';
import { as, real } from './convert.js';

interface Response {
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

const average = aten('avg_pool2d');
const reshape = aten('reshape');
const square = aten('square');
const multiply = aten('mul.Tensor');
const divide = aten('div.Tensor');

/** The sum over each channel and its neighbours up to `radius` away. */
const aroundChannels = (x: Handle, { shape }: Operand, radius: number): Handle => {
  const rows = reshape(x, [-1, 1, 1, shape.at(-1)!]);
  const sums = average(rows, [1, 2 * radius + 1], [1, 1], [0, radius], false, true, 1);
  return reshape(sums, shape);
};

/** `bias + alpha * sum x^2` over neighbouring channels. */
const energy = (x: Operand, { depthRadius, bias, alpha }: Response): Handle =>
  addNumber(multiplyNumber(aroundChannels(square(real(x)), x, depthRadius), alpha), bias, 1);

/** Local response normalisation over channels, `x * energy^-beta`, and its gradient. */
export const responseNormalisation: readonly KernelConfig[] = [
  kernel<Operands<'x'>, Response>('LRN', ({ x }, attributes) =>
    as(multiply(real(x), powerNumber(energy(x, attributes), -attributes.beta)), x.dtype),
  ),
  // dy * energy^-beta - 2 alpha beta x * sum (dy * y / energy), the sum over the same neighbours.
  kernel<Operands<'x' | 'y' | 'dy'>, Response>('LRNGrad', ({ x, y, dy }, attributes) => {
    const { depthRadius, alpha, beta } = attributes;
    const norm = energy(x, attributes);
    const shared = aroundChannels(divide(multiply(real(dy), real(y)), norm), x, depthRadius);
    const own = multiply(real(dy), powerNumber(norm, -beta));
    return as(subtractScaled(own, multiply(real(x), shared), 2 * alpha * beta), x.dtype);
  }),
];
