import '@tensorflow/tfjs-backend-cpu';
import { complex, engine, setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NumericType } from './backend.js';
import { backendNames } from './kernel.js';
import { liveHandles } from './native/handle.js';
import { registerTorch } from './register.js';
import { operatorsInSingles } from './singles.fixture.js';

/** The folder of libtorch that tests use; without it they are skipped. */
export const folder = process.env['GAN_LIBTORCH'];

/** A group of tests on libtorch, skipped by name where there is none. */
export function describeOnTorch(title: string, body: () => void): void {
  describe.skipIf(folder === undefined)(`${title} (needs libtorch: set GAN_LIBTORCH)`, () => {
    beforeAll(() => registerTorch({ folder: folder! }));
    body();
  });
}

/** Draws what a case is made of: whole numbers, and tensors of a shape and type. */
export interface Draw {
  (shape: number[], dtype?: NumericType, range?: readonly [low: number, high: number]): Tensor;
  readonly whole: (low: number, high: number) => number;
  readonly pick: <T>(choices: readonly T[]) => T;
  /** Sizes between 1 and `most`, as many as `rank`. */
  readonly shape: (rank: number, most?: number) => number[];
  /** The same, one in sixteen of them 0. */
  readonly sizes: (rank: number, most?: number) => number[];
  /** Whether the result is what others are compared with. Where the cpu backend is wrong, a case then goes another way. */
  readonly reference: boolean;
}

/** The same numbers for the same seed, by a linear congruence (Knuth's MMIX constants, upper 32 bits). */
export function drawing(seed: number, reference = false): Draw {
  let state = BigInt(seed) * 0x9e3779b97f4a7c15n;
  const uniform = (): number => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 32n) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(uniform() * (high - low + 1));
  const draw = (
    shape: number[],
    dtype: NumericType = 'float32',
    [low, high]: readonly [number, number] = dtype === 'bool' ? [0, 1] : [-4, 4],
  ): Tensor => {
    if (dtype === 'complex64') return complex(draw(shape, 'float32', [low, high]), draw(shape, 'float32', [low, high]));
    const one = dtype === 'float32' ? () => low + uniform() * (high - low) : () => whole(low, high);
    const size = shape.reduce((all, extent) => all * extent, 1);
    return tensor(Array.from({ length: size }, one), shape, dtype);
  };
  const sizes =
    (least: number) =>
    (rank: number, most = 5) =>
      Array.from({ length: rank }, () => (whole(0, 15) === 0 ? least : whole(1, most)));
  return Object.assign(draw, {
    whole,
    pick: <T>(choices: readonly T[]) => choices[whole(0, choices.length - 1)]!,
    shape: sizes(1),
    sizes: sizes(0),
    reference,
  });
}

interface Seen {
  readonly shape: number[];
  readonly dtype: string;
  readonly values: readonly (number | string)[];
}

/** Draws what it needs, and calls kernels. */
export type Case = (draw: Draw) => Tensor | Tensor[];

/** A case of each kernel, by the kernel's name. */
export type Cases = Readonly<Record<string, Case>>;

const seen = (backend: string, body: Case, seed: number): Seen[] => {
  setBackend(backend);
  return tidy(() => {
    const results = body(drawing(seed, backend === 'cpu'));
    return (Array.isArray(results) ? results : [results]).map((result) => ({
      shape: result.shape,
      dtype: result.dtype,
      values: Array.from(result.dataSync()),
    }));
  });
};

/** The largest difference, relative to the largest number expected. Equal infinities and NaN differ by nothing. */
const distance = (actual: Seen['values'], expected: Seen['values']): number => {
  const numbers = expected.map(Number).filter(Number.isFinite);
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return actual.reduce<number>((most, value, index) => {
    if (Object.is(value, expected[index]) || value === expected[index]) return most;
    const difference = Math.abs(Number(value) - Number(expected[index])) / (largest === 0 ? 1 : largest);
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }, 0);
};

/**
 * Runs a case on tfjs's cpu backend and on libtorch in both precisions: shapes and types must be equal, numbers within
 * 1e-5 of the largest, and no handle may be left. In float64 no operator may work in singles.
 *
 * @returns the largest difference.
 */
export function expectSame(body: Case, seed = 1): number {
  const expected = seen('cpu', body, seed);
  return Math.max(...Object.values(backendNames).map((backend) => expectOn(backend, expected, body, seed)));
}

function expectOn(backend: string, expected: Seen[], body: Case, seed: number): number {
  setBackend(backend);
  const live = liveHandles();
  const { result: actual, singles } = operatorsInSingles(() => seen(backend, body, seed));
  if (backend === backendNames.float64) expect(singles).toEqual([]);
  expect(actual.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    expected.map(({ shape, dtype }) => ({ shape, dtype })),
  );
  const differences = actual.map(({ values }, index) => distance(values, expected[index]!.values));
  differences.forEach((far, index) => {
    const { values } = actual[index]!;
    expect(
      far,
      `result ${index} on ${backend}, seed ${seed}: ${values.slice(0, 9)} for ${expected[index]!.values.slice(0, 9)}`,
    ).toBeLessThanOrEqual(1e-5);
  });
  expect(liveHandles()).toBe(live);
  return Math.max(0, ...differences);
}

/** A test of one case under a number of seeds. */
export function itAgrees(title: string, seeds: number, body: Case): void {
  it(title, () => {
    for (let seed = 1; seed <= seeds; seed++) expectSame(body, seed);
  });
}

/** A kernel called by its name. */
export const run = (kernel: string, inputs: object, attributes: object = {}): Tensor | Tensor[] =>
  engine().runKernel(kernel, inputs as Record<string, Tensor>, attributes as Record<string, number>);

/** One that gives one tensor. */
export const one = (kernel: string, inputs: object, attributes: object = {}): Tensor =>
  run(kernel, inputs, attributes) as Tensor;
