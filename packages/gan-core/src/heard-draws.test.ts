import '@tensorflow/tfjs-backend-cpu';
import { setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { heardDraws } from './heard-draws.js';
import { type Random, random } from './index.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const bits = (tensors: readonly Tensor[]) => tensors.map((tensor) => [tensor.shape, tensor.dtype, tensor.dataSync()]);

/** Draws of every kind, in turn from several streams. */
const drawing = (stream: Random): Tensor[] => {
  const [a, b] = [stream.stream('a', 1), stream.stream('b')];
  return [
    stream.normal([3]),
    a.uniform([2, 2]),
    b.stream('c').truncatedNormal([4], 0.5),
    a.uniform([2]),
    stream.normal([3]),
    b.categorical([5], 7),
  ];
};

it('draws the same from another stream as whoever was heard would draw', () => {
  const drawn: Tensor[] = [];
  const heard = heardDraws(random(1), { drawn: (tensor) => drawn.push(tensor), numbers: () => expect.unreachable() });
  const first = drawing(heard.random);
  expect(drawn).toEqual(first);
  expect(bits(first)).toEqual(bits(drawing(random(1))));
  expect(bits(heard.again(random(2)))).toEqual(bits(drawing(random(2))));
});

it('tells of numbers in JavaScript, and gives them', () => {
  let told = 0;
  const { random: heard } = heardDraws(random(3), { drawn: () => {}, numbers: () => told++ });
  const plain = random(3);
  expect(heard.next()).toBe(plain.next());
  expect(heard.integer(9)).toBe(plain.integer(9));
  expect(heard.permutation(4)).toEqual(plain.permutation(4));
  expect(heard.stream('x').next()).toBe(plain.stream('x').next());
  expect(told).toBe(4);
});
