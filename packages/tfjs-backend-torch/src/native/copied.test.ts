import { expect, it } from 'vitest';
import { describeOnTorch } from '../differential.fixture.js';
import { aten } from './call.js';
import { copied } from './copied.js';
import { scope } from './handle.js';
import { layoutOf, storageOf } from './inspect.js';
import { download, upload } from './memory.js';
import { type Witness, witnessed } from './witness.js';

const permute = aten('permute');
const counting = () => upload(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], 'float32');

describeOnTorch('a copy', () => {
  it('lies row by row in memory of its own, however its original lies', () => {
    scope(() => {
      const original = counting();
      for (const [of, numbers] of [
        [original, [1, 2, 3, 4, 5, 6]],
        [permute(original, [1, 0]), [1, 4, 2, 5, 3, 6]],
      ] as const) {
        const copy = copied(of);
        expect(storageOf(copy).start).not.toBe(storageOf(original).start);
        expect(layoutOf(copy).strides).toEqual([layoutOf(of).sizes[1], 1]);
        expect([...download(copy, 'float32')]).toEqual(numbers);
      }
    });
  });

  it('is told of, by either way', () => {
    scope(() => {
      const told: string[] = [];
      const witness = {
        operator: ({ operator }) => void told.push(operator),
        shim: ({ name }) => void told.push(name),
      } satisfies Partial<Witness> as Partial<Witness> as Witness;
      const [original, turned] = [counting(), permute(counting(), [1, 0])];
      witnessed(witness, () => [copied(original), copied(turned)]);
      expect(told).toEqual(['aoti_torch_clone', 'aten::clone']);
    });
  });
});
