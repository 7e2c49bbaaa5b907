import {
  add,
  clone,
  dispose,
  engine,
  fill,
  memory,
  mul,
  ones,
  reshape,
  setBackend,
  slice,
  sum,
  tensor,
  tensor1d,
  tensor2d,
  tidy,
  tile,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { beforeEach, expect, it } from 'vitest';
import { describeOnTorch, run } from './differential.fixture.js';
import { liveHandles } from './native/handle.js';
import { library } from './native/library.js';

type Numbers = ReturnType<typeof memory> & { numHandles: number; numBytesInTorch: number };

const numbers = (): Numbers => memory() as Numbers;

describeOnTorch('memory', () => {
  beforeEach(() => {
    setBackend('torch');
    engine();
  });

  it('is given back when a tensor is disposed of, at once', () => {
    const before = liveHandles();
    const x = zeros([1000, 1000]);
    expect(liveHandles()).toBe(before + 1);
    x.dispose();
    expect(liveHandles()).toBe(before);
  });

  it('is given back by tidy, intermediate results of kernels included', () => {
    const before = liveHandles();
    tidy(() => sum(add(mul(ones([5, 5]), 2), tensor1d([1, 2, 3, 4, 5]))).dataSync());
    expect(liveHandles()).toBe(before);
  });

  it('is given back when a kernel throws', () => {
    const [before, tensors] = [liveHandles(), memory().numTensors];
    const [a, b] = [ones([2, 3]), ones([7, 7])];
    expect(() => run('BatchMatMul', { a, b }, { transposeA: true })).toThrow('BatchMatMul');
    expect(() => run('Einsum', [a, b], { equation: 'ij,jk->ik' })).toThrow();
    const inputs = { dy: a, x: b, scale: a, mean: a, inverse: a };
    expect(() => run('BatchNormTrainingGrad', inputs, { epsilon: 1 })).toThrow(
      'scale must have shape [7], but has [2,3]',
    );
    const geometry = { strides: 1, pad: 'valid', dataFormat: 'NHWC', filterShape: [1, 1, 1, 1] };
    const [x, dy] = [ones([1, 4, 4, 1]), ones([1, 3, 4, 1])];
    const sentence = 'grad_output must have shape [1,1,4,4], but has [1,1,3,4]';
    expect(() => run('Conv2DBackpropFilter', { x, dy }, geometry)).toThrow(sentence);
    dispose([x, dy]);
    dispose([a, b]);
    expect(liveHandles()).toBe(before);
    expect(memory().numTensors).toBe(tensors);
  });

  it('that cannot be had is an error with the size that was asked for', () => {
    const before = liveHandles();
    const { version } = library();
    const tells = Number(version.split('.')[1]) >= 13;
    const refused = tells
      ? '4503599627370496 bytes cannot be allocated'
      : `failed; libtorch ${version} has printed why`;
    // 2^50 numbers of 4 bytes, 2^52: more than any processor addresses.
    expect(() => fill([2 ** 25, 2 ** 25], 1)).toThrow(
      expect.objectContaining({
        name: 'TorchError',
        message: expect.stringContaining(`Fill(): aoti_torch_aten_full of [33554432,33554432]: ${refused}`),
      }),
    );
    const row = ones([1, 2 ** 25]);
    const column = ones([2 ** 25, 1]);
    expect(() => add(row, column)).toThrow(
      `Add(a float32 [1,33554432], b float32 [33554432,1]): aoti_torch_cpu_add_Tensor: ${refused}`,
    );
    // A view of one number costs nothing, until it is read.
    const one = ones([1, 1]);
    const view = tile(one, [2 ** 25, 2 ** 25]);
    expect(() => view.dataSync()).toThrow(
      'JavaScript has no room for the 4503599627370496 bytes of a float32 tensor of shape [33554432,33554432]',
    );
    dispose([row, column, one, view]);
    expect(tidy(() => sum(ones([3])).dataSync()[0])).toBe(3);
    expect(liveHandles()).toBe(before);
  });

  it('of views counts once', () => {
    const before = numbers().numBytesInTorch;
    const x = zeros([100, 10]);
    const views = [reshape(x, [10, 100]), transpose(x), slice(x, [50, 0], [10, 10]), clone(x)];
    // 1000 numbers of 4 bytes, whoever looks at them.
    expect(numbers().numBytesInTorch - before).toBe(4000);
    dispose([x, ...views.slice(1)]);
    expect(numbers().numBytesInTorch - before).toBe(4000);
    dispose(views);
    expect(numbers().numBytesInTorch).toBe(before);
  });

  it('of a view outlives the tensor that it was taken of', () => {
    const x = tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const turned = transpose(x);
    x.dispose();
    expect([...turned.dataSync()]).toEqual([1, 4, 2, 5, 3, 6]);
    turned.dispose();
  });

  it('of what was uploaded is apart from the array it came from', () => {
    const values = new Float32Array([1, 2, 3]);
    const x = tensor1d(values);
    values[0] = 9;
    expect([...x.dataSync()]).toEqual([1, 2, 3]);
    x.dispose();
  });

  it('follows tensors to another backend and back', () => {
    const before = liveHandles();
    const x = tensor2d(
      [
        [1, 2],
        [3, 4],
      ],
      [2, 2],
      'int32',
    );
    setBackend('cpu');
    const y = reshape(x, [4]);
    expect(liveHandles()).toBe(before);
    setBackend('torch');
    // x and y are labels of the same data, which moves once.
    const total = tidy(() => sum(add(reshape(x, [4]), y)).dataSync()[0]);
    expect(total).toBe(20);
    dispose([x, y]);
    expect(liveHandles()).toBe(before);
  });

  it('holds no strings, which stay in JavaScript', () => {
    const before = liveHandles();
    const words = tensor(['a', 'b']);
    expect(liveHandles()).toBe(before);
    expect(words.dataSync()).toEqual(['a', 'b']);
    expect(() => run('Exp', { x: words })).toThrow('no numbers for a tensor of string');
    words.dispose();
  });
});
