import { expect, it } from 'vitest';
import { describeOnTorch } from '../differential.fixture.js';
import { aten } from './call.js';
import { type Handle, liveHandles, scope } from './handle.js';
import { shapeOf, storageOf } from './inspect.js';
import { download, full, upload } from './memory.js';
import { addScaled } from './scalars.js';
import { told } from './told.fixture.js';
import { TorchError } from './torch-error.js';

const add = addScaled as (...values: unknown[]) => Handle;
const reshape = aten('reshape') as (...values: unknown[]) => Handle;
const softmax = aten('softmax.int') as (...values: unknown[]) => Handle;
const concatenate = aten('cat') as (...values: unknown[]) => Handle;

describeOnTorch('a native call', () => {
  it('is compared with the schema before it is made', () => {
    scope(() => {
      const x = full([2, 3], 1, 'float32');
      const wrong: [() => unknown, string][] = [
        [() => reshape(x), 'aten::reshape takes 2 arguments, but got 1'],
        [() => reshape(x, [3, 2], 1), 'aten::reshape takes 2 arguments, but got 3'],
        [() => reshape(x, 6), 'aten::reshape takes int[] shape as argument 2, but got 6'],
        [() => reshape(x, [2.5, 2]), 'aten::reshape takes int[] shape as argument 2, but got [2.5, 2]'],
        [() => reshape(x, ['6']), "aten::reshape takes int[] shape as argument 2, but got ['6']"],
        [() => reshape([2, 3], [6]), 'aten::reshape takes Tensor self as argument 1, but got [2, 3]'],
        [() => reshape(null, [6]), 'aten::reshape takes Tensor self as argument 1, but got null'],
        [
          () => reshape({ pointer: 42, lives: true }, [6]),
          'aten::reshape takes Tensor self as argument 1, but got a Object',
        ],
        [() => softmax(x, 0, 'float16'), "aten::softmax.int takes ScalarType? dtype as argument 3, but got 'float16'"],
        [
          () => concatenate([x, undefined], 0),
          'aten::cat takes Tensor[] tensors as argument 1, but got [a tensor, undefined]',
        ],
        [() => add(x, x, 1n), 'aoti_torch_cpu_add_Tensor takes float alpha as argument 3, but got 1'],
        [() => add(x, x), 'aoti_torch_cpu_add_Tensor takes 3 arguments, but got 2'],
      ];
      for (const [call, sentence] of wrong)
        expect(call).toThrow(expect.objectContaining({ name: 'TorchError', message: sentence }));
    });
  });

  it('never sees a freed tensor', () => {
    const x = full([2], 1, 'float32');
    x.free();
    expect(() => reshape(x, [2])).toThrow('aten::reshape takes Tensor self as argument 1, but got a freed tensor');
    expect(() => download(x, 'float32')).toThrow('the tensor was freed');
    expect(() => shapeOf(x)).toThrow(TorchError);
  });

  it("fails with libtorch's own sentence and the operator's name", () => {
    const live = liveHandles();
    scope(() => {
      const x = full([2, 3], 1, 'float32');
      expect(() => reshape(x, [5])).toThrow(`aten::reshape: ${told("shape '[5]' is invalid for input of size 6")}`);
      expect(() => reshape(x, [5])).toThrow(expect.objectContaining({ name: 'TorchError', operator: 'aten::reshape' }));
    });
    expect(liveHandles()).toBe(live);
  });

  it('refuses to upload fewer or other numbers than the shape asks for', () => {
    expect(() => upload(new Float32Array(5), [2, 3], 'float32')).toThrow(
      'a tensor of shape [2,3] needs 6 values, but got 5',
    );
    expect(() => upload(new Float64Array(6) as never, [2, 3], 'float32')).toThrow(
      'a tensor of float32 needs a Float32Array',
    );
  });

  it('refuses sizes and values that are none', () => {
    expect(() => full([2, -1], 0, 'float32')).toThrow(
      `aoti_torch_aten_full of [2,-1]: ${told('Trying to create tensor with negative dimension -1: [2, -1]')}`,
    );
    expect(() => full([2], undefined as never, 'float32')).toThrow(
      'takes float fill_value as argument 2, but got undefined',
    );
    expect(() => full([2], 0, 'string' as never)).toThrow("takes ScalarType dtype as argument 3, but got 'string'");
  });

  it('frees everything made in a scope except what is kept, also when the scope throws', () => {
    const live = liveHandles();
    const kept = scope(() => {
      full([1], 1, 'float32');
      return full([1], 2, 'float32').keep();
    });
    expect(liveHandles()).toBe(live + 1);
    expect(() =>
      scope(() => {
        full([1], 3, 'float32');
        throw new RangeError('on purpose');
      }),
    ).toThrow('on purpose');
    expect([...download(kept, 'float32')]).toEqual([2]);
    kept.free();
    kept.free();
    expect(liveHandles()).toBe(live);
  });

  it('gives views of one storage, and all types', () => {
    scope(() => {
      const x = upload(new Float32Array([1, 2, 3, 4, 5, 6]), [2, 3], 'float32');
      const turned = aten('permute')(x, [1, 0]);
      const row = aten('select.int')(x, 0, 1);
      expect(storageOf(turned)).toEqual(storageOf(x));
      expect(storageOf(row)).toEqual({ start: storageOf(x).start, bytes: 24 });
      expect([...download(turned, 'float32')]).toEqual([1, 4, 2, 5, 3, 6]);
      expect([...download(row, 'float32')]).toEqual([4, 5, 6]);
      expect([...download(upload(new BigInt64Array([2n ** 40n, -1n]), [2], 'int64'), 'int64')]).toEqual([
        2n ** 40n,
        -1n,
      ]);
      expect([...download(upload(new Uint8Array([1, 0]), [2], 'bool'), 'bool')]).toEqual([1, 0]);
    });
  });
});
