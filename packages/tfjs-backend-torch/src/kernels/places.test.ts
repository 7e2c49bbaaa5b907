import { expect, it } from 'vitest';
import { describeOnTorch } from '../differential.fixture.js';
import { aten } from '../native/call.js';
import { scope } from '../native/handle.js';
import { shapeOf } from '../native/inspect.js';
import { download, upload } from '../native/memory.js';
import { slicesAt, writtenAt, zeroOutside } from './places.js';

const places = (...at: number[]) => upload(BigInt64Array.from(at, BigInt), [at.length], 'int64');
const counting = () => upload(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2], 'float32');

/** As graphics processors do it, on the processor. */
describeOnTorch('places that may lie outside', () => {
  it('read zero there', () => {
    scope(() => {
      const rows = slicesAt(counting(), 0, places(2, -1, 0, 3), true);
      expect([...download(rows, 'float32')]).toEqual([5, 6, 0, 0, 1, 2, 0, 0]);
      const columns = slicesAt(counting(), 1, places(1, 2), true);
      expect([...download(columns, 'float32')]).toEqual([2, 0, 4, 0, 6, 0]);
      const truths = slicesAt(upload(Uint8Array.of(1, 1), [2], 'bool'), 0, places(0, 5), true);
      expect([...download(truths, 'bool')]).toEqual([1, 0]);
    });
  });

  it('read zero where there is nothing', () => {
    scope(() => {
      const rows = slicesAt(upload(new Float32Array(0), [0, 2], 'float32'), 0, places(0, 1), true);
      expect(shapeOf(rows)).toEqual([2, 2]);
      expect([...download(rows, 'float32')]).toEqual([0, 0, 0, 0]);
    });
  });

  it('read zero one by one', () => {
    scope(() => {
      const gather = aten('gather');
      const numbers = upload(Int32Array.of(7, 8, 9), [3], 'int32');
      const found = zeroOutside(numbers, 0, places(2, 3, -1), (x, inside) => gather(x, 0, inside, false));
      expect([...download(found, 'int32')]).toEqual([9, 0, 0]);
      const nothing = upload(new Int32Array(0), [0], 'int32');
      const none = zeroOutside(nothing, 0, places(0, 1), (x, inside) => gather(x, 0, inside, false));
      expect([...download(none, 'int32')]).toEqual([0, 0]);
    });
  });

  it('are not written to', () => {
    scope(() => {
      const add = aten('scatter_add');
      const ones = upload(Float32Array.of(1, 1, 1), [3, 1], 'float32');
      const at = upload(BigInt64Array.of(1n, 2n, -1n), [3, 1], 'int64');
      const rows = upload(Float32Array.of(4, 5), [2, 1], 'float32');
      const sums = writtenAt(rows, at, (target, index) => add(target, 0, index, ones), true);
      expect([...download(sums, 'float32')]).toEqual([4, 6]);
    });
  });
});
