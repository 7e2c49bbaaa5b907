import { add, engine, mul, ones, square, sum, type Tensor, tensor, tidy, util } from '@tensorflow/tfjs-core';
import type { GradientCase } from './case.cases.js';

/** How an op's output becomes a loss: both give what the op saved a second path. */
export type Composition = 'f²' | 'x f';

/** Those that a case has: the product needs an output of its first input's shape. */
export function compositionsOf({ inputs, op }: GradientCase): readonly Composition[] {
  const shape = tidy(() => op(...inputs.map((input) => ones(input.shape))).shape);
  return util.arraysEqual(shape, inputs[0]!.shape) ? ['f²', 'x f'] : ['f²'];
}

/** The largest distance between a gradient and its central difference, relative to the largest entry; Infinity if it throws. */
export interface Errors {
  readonly first: number;
  readonly second: number;
}

const STEP = 2 ** -7;

/** A small generator of its own: the numbers must not depend on what is being tested. */
function* uniforms(seed: number): Generator<number> {
  for (let state = seed >>> 0; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

function numbers(shape: number[], from: number, to: number, seed: number): Float32Array {
  const count = shape.reduce((a, b) => a * b, 1);
  const values = Array.from({ length: count }, (_, i) => from + ((i + 0.5) / count) * (to - from));
  const draw = uniforms(seed);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(draw.next().value! * (i + 1));
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
  return Float32Array.from(values);
}

type Point = readonly Float32Array[];

/**
 * Compares first and second derivatives of `case.op` in a composition with fourth-order central differences: the first
 * with those of the values, the second (times a random direction) with those of the first.
 */
export function gradientErrors(of: GradientCase, composition: Composition): Errors {
  const point = of.inputs.map(({ shape, from = -1, to = 1 }, i) => numbers(shape, from, to, 7 + i));
  const direction = of.inputs.map(({ shape }, i) => numbers(shape, -1, 1, 77 + i));
  const tensors = (values: Point) => values.map((v, i) => tensor(v, of.inputs[i]!.shape));
  const output = tidy(() => of.op(...tensors(point)).shape);
  const weights = numbers(output, 0.5, 1.5, 777);

  const loss = (xs: Tensor[]): Tensor => {
    const y = of.op(...xs);
    return sum(mul(composition === 'f²' ? square(y) : mul(y, xs[0]!), tensor(weights, output)));
  };
  /** Summed in double precision, so that only the op itself rounds. */
  const value = (xs: Point): number =>
    tidy(() => {
      const [y, x] = [of.op(...tensors(xs)).dataSync<'float32'>(), xs[0]!];
      return y.reduce((total, yi, i) => total + weights[i]! * yi * (composition === 'f²' ? yi : x[i]!), 0);
    });
  const gradients = (xs: Tensor[], f: () => Tensor): Tensor[] =>
    engine()
      .gradients(f, xs, undefined, true)
      .grads.map((g, i) => g ?? tensor(new Float32Array(point[i]!.length), of.inputs[i]!.shape));
  const first = (values: Point): Float32Array[] =>
    tidy(() => {
      const xs = tensors(values);
      return gradients(xs, () => loss(xs)).map((g) => g.dataSync<'float32'>().slice());
    });
  const second = (): Float32Array[] =>
    tidy(() => {
      const xs = tensors(point);
      const along = () =>
        gradients(xs, () => loss(xs))
          .map((g, i) => sum(mul(g, tensor(direction[i]!, g.shape))))
          .reduce((a, b) => add(a, b));
      return gradients(xs, along).map((g) => g.dataSync<'float32'>().slice());
    });
  const dot = (gs: Point) => gs.reduce((total, g, i) => total + g.reduce((t, v, j) => t + v * direction[i]![j]!, 0), 0);
  const differences = (f: (xs: Point) => number): number[] =>
    point.flatMap((values, i) =>
      Array.from(values, (_, j) => {
        const at = (distance: number) =>
          f(point.map((v, k) => (k === i ? v.map((x, l) => (l === j ? x + distance : x)) : v)));
        return (8 * (at(STEP) - at(-STEP)) - (at(2 * STEP) - at(-2 * STEP))) / (12 * STEP);
      }),
    );
  return {
    first: attempt(() => distance(first(point), differences(value))),
    second: attempt(() =>
      distance(
        second(),
        differences((xs) => dot(first(xs))),
      ),
    ),
  };
}

function attempt(measure: () => number): number {
  try {
    return measure();
  } catch {
    return Number.POSITIVE_INFINITY;
  } finally {
    discardTape();
  }
}

/** A gradient that throws leaves TensorFlow.js's tape and scopes open. */
export function discardTape(): void {
  const { state } = engine();
  state.gradientDepth = 0;
  state.kernelDepth = 0;
  state.activeTape = null as never;
}

function distance(found: Point, expected: number[]): number {
  const flat = found.flatMap((g) => [...g]);
  const largest = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-2);
  return flat.reduce(
    (worst, v, i) => Math.max(worst, Number.isNaN(v) ? Number.NaN : Math.abs(v - expected[i]!) / largest),
    0,
  );
}
