import { abs, add, engine, grad, memory, ones, scalar, setBackend, sub, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeEach, expect, it } from 'vitest';
import { describeOnTorch } from '../differential.fixture.js';
import { liveHandles } from '../native/handle.js';
import { parseSchema } from '../native/schema.js';
import { type AtenName, aten } from './aten.js';
import type { Numbers } from './numbers.js';
import { operators } from './operators.js';

const expectClose = (actual: ArrayLike<number | bigint>, expected: readonly number[], within: number): void => {
  expect(actual).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs(Number(actual[i]) - expected[i]!), `number ${i}`).toBeLessThan(within);
};

describeOnTorch('the door to ATen', () => {
  beforeEach(() => setBackend('torch'));

  it('gives tensors for tensors, with defaults filled in, and frees what is made on the way', () => {
    const [tensors, handles] = [memory().numTensors, liveHandles()];
    tidy(() => {
      // [[2, 1], [1, 2]] has the eigenvalues 1 and 3 and the eigenvectors [1, -1] / sqrt(2) and [1, 1] / sqrt(2).
      const [values, vectors] = aten('linalg_eigh')(tensor([2, 1, 1, 2], [2, 2]));
      expectClose(values.dataSync(), [1, 3], 1e-6);
      expectClose(abs(vectors).dataSync(), new Array(4).fill(Math.SQRT1_2), 1e-6);
      expect([...aten('roll')(tensor([1, 2, 3]), [1]).dataSync()]).toEqual([3, 1, 2]);
      expect(aten('split.Tensor')(ones([5, 2]), 2).map(({ shape }) => shape)).toEqual([
        [2, 2],
        [2, 2],
        [1, 2],
      ]);
    });
    expect([memory().numTensors, liveHandles()]).toEqual([tensors, handles]);
  });

  it('solves, factors and takes determinants in float64', () => {
    // The Hilbert matrix of size 3 has the determinant 1 / 2160, and [9, -36, 30] is the first column of its inverse.
    const hilbert: Numbers = {
      shape: [3, 3],
      values: Float64Array.from({ length: 9 }, (_, at) => 1 / (1 + (at % 3) + Math.floor(at / 3))),
    };
    const [sign, logarithm] = aten('linalg_slogdet')(hilbert);
    expectClose(sign.values, [1], 1e-15);
    expectClose(logarithm.values, [-Math.log(2160)], 1e-12);
    expectClose(aten('logdet')(hilbert).values, [-Math.log(2160)], 1e-12);
    const first: Numbers = { shape: [3], values: Float64Array.of(1, 0, 0) };
    expectClose(aten('linalg_solve')(hilbert, first).values, [9, -36, 30], 1e-11);
    // Cholesky of [[4, 2], [2, 5]] is [[2, 0], [1, 2]].
    const positive: Numbers = { shape: [2, 2], values: Float64Array.of(4, 2, 2, 5) };
    expectClose(aten('linalg_cholesky')(positive).values, [2, 0, 1, 2], 1e-15);
    const [q, r] = aten('linalg_qr')(positive);
    expectClose(aten('mm')(q, r).values, [4, 2, 2, 5], 1e-14);
    // Rows at right angles, of lengths 5 and 2.
    expectClose(
      aten('linalg_svdvals')({ shape: [2, 2], values: Float64Array.of(3, 4, 1.6, -1.2) }).values,
      [5, 2],
      1e-14,
    );
    // A rotation by 90 degrees has the eigenvalues i and -i.
    const turns = aten('linalg_eigvals')({ shape: [2, 2], values: Float64Array.of(0, -1, 1, 0) });
    expect(turns.complex).toBe(true);
    expectClose(turns.values, [0, 1, 0, -1], 1e-15);
  });

  it('has whole numbers as int32 among tensors, and as they are among numbers', () => {
    tidy(() => {
      const [, places] = aten('topk')(tensor([3, 9, 5]), 2);
      expect(places.dtype).toBe('int32');
      expect([...places.dataSync()]).toEqual([1, 2]);
      // Places go back in as int32, where libtorch wants int64.
      expect([...aten('gather')(tensor([3, 9, 5]), 0, places).dataSync()]).toEqual([9, 5]);
      const large = tensor([2 ** 30, 2 ** 30, 2 ** 30], [3], 'int32');
      expect(() => aten('sum')(large)).toThrow('aten::sum gave whole numbers beyond int32');
    });
    const sum = aten('sum')({ shape: [3], values: Int32Array.of(2 ** 30, 2 ** 30, 2 ** 30) });
    expect(sum).toEqual({ shape: [], values: BigInt64Array.of(3n * 2n ** 30n) });
  });

  it('has no gradient of its own, and says so instead of leaving it out', () => {
    const bessel = aten('special_i0');
    tidy(() => {
      expect(() => grad(bessel)(ones([2]))).toThrow('gradient function not found for aten::special_i0');
    });
  });

  it('takes its tensors in the precision of the backend', async () => {
    await setBackend('torch-float64');
    // 1 + 2 ** -30, which float32 cannot hold, less 1.
    const rest = tidy(() => sub(add(aten('exp2')(scalar(-30)), 1), 1).dataSync()[0]);
    expect(rest).toBe(2 ** -30);
    await setBackend('torch');
  });

  it('refuses what does not fit before libtorch sees it', () => {
    tidy(() => {
      const x = ones([2, 2]);
      const gone = ones([2]);
      gone.dispose();
      const loose = (name: string) => aten(name as AtenName) as unknown as (...values: readonly unknown[]) => unknown;
      const wrong: [() => unknown, string][] = [
        [
          () => loose('no_such_thing'),
          `aten::no_such_thing is none of the ${Object.keys(operators).length} operators that can be called`,
        ],
        [() => loose('constructor'), 'aten::constructor is none of the'],
        [() => loose('roll')(), 'aten::roll takes Tensor self as argument 1, but got undefined'],
        [() => loose('roll')(x, [1], [0], 1), 'aten::roll takes 3 arguments, but got 4'],
        [() => loose('roll')(x, ['1']), "aten::roll takes int[1] shifts as argument 2, but got ['1']"],
        [() => loose('roll')(gone, [1]), 'aten::roll takes Tensor self as argument 1, but got a disposed tensor'],
        [() => loose('roll')([1, 2], [1]), 'aten::roll takes Tensor self as argument 1, but got [1, 2]'],
        [
          () => loose('mm')(x, { shape: [2], values: Float64Array.of(1, 2) }),
          'aten::mm takes Tensor self as argument 1, but got a tensor',
        ],
        [
          () => loose('exp2')({ shape: [3], values: Float64Array.of(1, 2) }),
          'aten::exp2 takes Tensor self as argument 1, but got a Object',
        ],
        [
          () => loose('exp2')({ shape: [1], values: Uint8Array.of(2) }),
          'aten::exp2 takes Tensor self as argument 1, but got a Object',
        ],
        [
          () =>
            loose('grid_sampler_2d_backward')(ones([1, 1, 9, 9]), ones([1, 1, 3, 3]), ones([1, 2, 2, 2]), 0, 0, false, [
              true,
              true,
            ]),
          'grad_output must have shape [1,1,2,2], but has [1,1,9,9]',
        ],
      ];
      for (const [call, sentence] of wrong) {
        expect(call).toThrow(expect.objectContaining({ name: 'TorchError' }));
        expect(call).toThrow(sentence);
      }
    });
  });

  it('needs the backend for tensors, and none for numbers', async () => {
    await setBackend('cpu');
    expect(() => tidy(() => aten('exp2')(scalar(1)))).toThrow(
      "aten::exp2 needs the backend 'torch', but the current one is 'cpu'",
    );
    expect(aten('exp2')({ shape: [], values: Float64Array.of(3) })).toEqual({ shape: [], values: Float64Array.of(8) });
    expect(engine().backendName).toBe('cpu');
  });
});

// The stack of a call has 32 slots.
it('every operator of the door has a schema that can be read, of at most 32 arguments', () => {
  for (const [name, line] of Object.entries(operators)) {
    const { takes, gives } = parseSchema(line);
    expect(takes.length, name).toBeGreaterThan(0);
    expect(takes.length, name).toBeLessThanOrEqual(32);
    for (const { element, text } of takes) expect(element, `${name}: ${text}`).not.toBe('');
    expect(gives.length, name).toBeGreaterThan(0);
  }
});
