import '@tensorflow/tfjs-backend-cpu';
import { conv2d, depthwiseConv2d, engine, matMul, ones, setBackend, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { multiplyAddsDuring, multiplyAddsOf } from './multiply-adds.js';

beforeAll(() => setBackend('cpu'));

const counted = (body: () => unknown): Promise<number> => multiplyAddsDuring(async () => void tidy(() => void body()));

describe('the multiply-adds of a step', () => {
  it('are those of a convolution and as many for each of its gradients', async () => {
    const of = (shape: [number, number, number, number]) => ones(shape) as Tensor4D;
    const [x, filter, dy] = [of([2, 4, 4, 3]), of([3, 3, 3, 5]), of([2, 4, 4, 5])] as const;
    const how = { strides: 1, pad: 'same', dataFormat: 'NHWC' };
    const gradient = (name: string, inputs: Readonly<Record<string, Tensor4D>>, shapes: object) => () =>
      engine().runKernel(name, inputs, { ...how, ...shapes });
    // 2 * 4 * 4 * 5 numbers, each of 3 * 3 * 3.
    expect(await counted(() => conv2d(x, filter, 1, 'same'))).toBe(4320);
    const [atInput, atFilter] = ['Conv2DBackpropInput', 'Conv2DBackpropFilter'];
    const [inputShape, filterShape] = [x.shape, filter.shape];
    expect(await counted(gradient(atInput, { dy, filter }, { inputShape }))).toBe(4320);
    expect(await counted(gradient(atFilter, { x, dy }, { filterShape }))).toBe(4320);
  });

  it('are those of a matrix product', async () => {
    // 2 * 4 numbers, each of 3.
    expect(await counted(() => matMul(ones([2, 3]), ones([3, 4])))).toBe(24);
    expect(await counted(() => matMul(ones([3, 2]), ones([3, 4]), true))).toBe(24);
  });

  it('are of the filter of one channel, where each is convolved by itself', async () => {
    // 4 * 4 * 3 * 2 numbers, each of 3 * 3.
    const y = () => depthwiseConv2d(ones([1, 4, 4, 3]) as Tensor4D, ones([3, 3, 3, 2]) as Tensor4D, 1, 'same');
    expect(await counted(y)).toBe(864);
  });

  it('know the gradients of this project for convolutions in groups, which name dy first', () => {
    // 8 channels in 2 groups, 6 filters of 3 x 3 x 4: 25 * 6 numbers, each of 36.
    const [x, dy, filter] = [
      [1, 5, 5, 8],
      [1, 5, 5, 6],
      [3, 3, 4, 6],
    ] as const;
    const call = (name: string, inputShapes: readonly (readonly number[])[], result: readonly number[]) =>
      multiplyAddsOf({ name, inputShapes, outputShapes: [result] });
    expect(call('GroupedConv2D', [x, filter], dy)).toBe(5400);
    expect(call('GroupedConv2DBackpropInput', [dy, filter], x)).toBe(5400);
    expect(call('GroupedConv2DBackpropFilter', [dy, x], filter)).toBe(5400);
  });
});
