import { setBackend, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeOnTorch, itAgrees, one, run } from '../differential.fixture.js';

describeOnTorch('functions of each element', () => {
  itAgrees('integers divided by zero as JavaScript stores them', 12, (draw) =>
    ['FloorDiv', 'Mod'].map((kernel) => one(kernel, { a: draw([5], 'int32'), b: draw([5], 'int32', [0, 0]) })),
  );

  itAgrees('nothing beside something', 12, (draw) => [
    one('Add', { a: draw([0, 3]), b: draw([3]) }),
    one('Greater', { a: draw([2, 0]), b: draw([1, 1]) }),
  ]);

  it('a maximum passes NaN on, a rectifier too', () => {
    setBackend('torch');
    const values = tidy(() => {
      const x = tensor1d([Number.NaN]);
      return [run('Maximum', { a: x, b: tensor1d([1]) }), run('Relu', { x })].map(
        (result) => (result as Tensor).dataSync()[0],
      );
    });
    expect(values).toEqual([Number.NaN, Number.NaN]);
  });
});
