import { complex, fft, memory, setBackend, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { describeOnTorch, one, run } from '../differential.fixture.js';
import { backendNames } from '../kernel.js';

describeOnTorch('complex numbers', () => {
  for (const backend of Object.values(backendNames))
    describe(`on ${backend}`, () => {
      /** The values of a result of `1 + 2i, -3i`, real and imaginary parts by turns, -0 as 0. */
      const values = (body: (z: Tensor) => Tensor): number[] =>
        tidy(() => {
          setBackend(backend);
          return [...body(complex(tensor1d([1, 0]), tensor1d([2, -3]))).dataSync()].map((value) => value + 0);
        });

      it('are calculated with where the cpu backend has no word for it', () => {
        // (1 + 2i)^2 = -3 + 4i, (-3i)^2 = -9
        expect(values((x) => one('Square', { x }))).toEqual([-3, 4, -9, 0]);
        // z / i = -iz
        const i = () => complex([0], [1]);
        expect(values((a) => one('RealDiv', { a, b: i() }))).toEqual([2, -1, -3, 0]);
        expect(values((x) => one('Sum', { x }, { axis: 0 }))).toEqual([1, -1]);
        expect(values((x) => one('Neg', { x }))).toEqual([-1, -2, 0, 3]);
        expect(values((z) => one('AddN', [z, z]))).toEqual([2, 4, 0, -6]);
        expect(values((a) => one('Equal', { a, b: complex([1], [2]) }))).toEqual([1, 0]);
        // [z0, z1] with [z0; z1]: z0^2 + z1^2 = -3 + 4i - 9
        const product = (z: Tensor) =>
          one('BatchMatMul', {
            a: one('Reshape', { x: z }, { shape: [1, 2] }),
            b: one('Reshape', { x: z }, { shape: [2, 1] }),
          });
        expect(values(product)).toEqual([-12, 4]);
        expect(values((z) => one('Einsum', [z, z], { equation: 'i,i->' }))).toEqual([-12, 4]);
      });

      it('are moved about', () => {
        const single = (kernel: string, inputs: (z: Tensor) => object, attributes: object = {}) =>
          values((z) => [run(kernel, inputs(z), attributes)].flat()[0]!);
        const last = tensor1d([1], 'int32');
        expect(single('Slice', (x) => ({ x }), { begin: [1], size: [1] })).toEqual([0, -3]);
        expect(single('Reverse', (x) => ({ x }), { dims: [0] })).toEqual([0, -3, 1, 2]);
        expect(single('Tile', (x) => ({ x }), { reps: [2] })).toEqual([1, 2, 0, -3, 1, 2, 0, -3]);
        expect(single('Concat', (z) => [z, z], { axis: 0 })).toEqual([1, 2, 0, -3, 1, 2, 0, -3]);
        expect(single('Pack', (z) => [z, z], { axis: 1 })).toEqual([1, 2, 1, 2, 0, -3, 0, -3]);
        expect(single('Unpack', (value) => ({ value }), { axis: 0 })).toEqual([1, 2]);
        expect(single('SplitV', (x) => ({ x }), { numOrSizeSplits: 2, axis: 0 })).toEqual([1, 2]);
        expect(single('ExpandDims', (input) => ({ input }), { dim: 0 })).toEqual([1, 2, 0, -3]);
        expect(single('GatherV2', (x) => ({ x, indices: last }), { axis: 0, batchDims: 0 })).toEqual([0, -3]);
        last.dispose();
      });

      it('are refused by kernels that would drop their imaginary parts', () => {
        const sentence = 'Sigmoid(x complex64 [2]): this kernel takes no complex numbers';
        expect(() => values((x) => one('Sigmoid', { x }))).toThrow(sentence);
      });

      it('come from another backend, and are freed', () => {
        setBackend('cpu');
        const before = memory().numTensors;
        tidy(() => {
          const z = complex([1, 0], [2, -3]);
          setBackend(backend);
          // 1 + 2i - 3i, 1 + 2i + 3i
          expect([...fft(z).dataSync()]).toEqual([1, -1, 1, 5]);
          expect([...one('ComplexAbs', { x: z }).dataSync()]).toEqual([Math.fround(Math.sqrt(5)), 3]);
        });
        expect(memory().numTensors).toBe(before);
      });
    });
});
