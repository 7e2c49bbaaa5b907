import { add, engine, mul, sin, sub, sum, type Tensor, tensor, tidy, util } from '@tensorflow/tfjs-core';
import type { Drawn, OpCase } from './case.cases.js';
import { type Input, MARGIN, random } from './random.cases.js';

/** A function of tensors, a number. */
type Scalar = (xs: readonly Tensor[]) => Tensor;

/** A use of an op made into functions to differentiate. */
export interface Use {
  /** Which draw of the seed it is: the first that stays away from kinks. */
  readonly attempt: number;
  readonly point: readonly Input[];
  /** The directions that derivatives are taken along, one an order. */
  readonly directions: readonly (readonly Input[])[];
  readonly loss: Scalar;
}

const ORDERS = 3;
const ATTEMPTS = 64;
const tensors = (inputs: readonly Input[]) => inputs.map(({ values, shape }) => tensor(values, shape));

/**
 * The use of an op that a seed gives. Its loss is sum(w y (y + x + s)) with random weights w, the first input x where
 * the shapes agree, and s, a smooth function of all inputs: in f(x)^2, in x f(x) and in the product with another
 * function, what the op saved for its gradient has another path.
 *
 * Runs on the current engine, for the shape that comes out and, unless told which draw to take, to stay away from kinks.
 */
export function useOf(one: OpCase, seed: number, known?: number): Use {
  for (let attempt = known ?? 0; ; attempt++) {
    const source = random(seed * ATTEMPTS + attempt);
    const drawn = one.draw(source);
    if (known === undefined && attempt < ATTEMPTS - 1 && tidy(() => isAtKink(drawn))) continue;
    const { inputs: point, op } = drawn;
    const shape = tidy(() => op(...tensors(point)).shape);
    const weights = source.input(shape, { from: 0.5, to: 1.5 });
    const direction = () => point.map((input) => source.input(input.shape));
    const loss: Scalar = (xs) => {
      const y = op(...xs);
      const s = xs.map((x) => sum(sin(x))).reduce((a, b) => add(a, b));
      const beside = add(y, util.arraysEqual(y.shape, xs[0]!.shape) ? add(xs[0]!, s) : s);
      return sum(mul(tensor(weights.values, shape), mul(y, beside)));
    };
    return { attempt, point, directions: Array.from({ length: ORDERS }, direction), loss };
  }
}

function isAtKink({ inputs, kinkAtZero }: Drawn): boolean {
  const values = kinkAtZero?.(...tensors(inputs)).dataSync() ?? [];
  return values.some((value: number) => Math.abs(value) < MARGIN);
}

const gradients = (f: Scalar, xs: readonly Tensor[]): (Tensor | null | undefined)[] =>
  engine().gradients(() => f(xs), [...xs], undefined, true).grads;

/** The derivative along a direction, a function again. */
const along =
  (f: Scalar, direction: readonly Input[]): Scalar =>
  (xs) => {
    const ds = tensors(direction);
    return gradients(f, xs)
      .flatMap((gradient, i) => (gradient ? [sum(mul(gradient, ds[i]!))] : []))
      .reduce((a, b) => add(a, b));
  };

/** The derivatives of a use: the loss, its derivative along the first direction, that of this one along the second, ... */
function derivatives({ loss, directions }: Use): Scalar[] {
  const all = [loss];
  for (const direction of directions) all.push(along(all.at(-1)!, direction));
  return all;
}

/**
 * How far the derivative of an order is from the fourth-order central difference of the one before, relative to the
 * sum of the sizes of its parts. Taken on the current engine: displaced points and differences are never read.
 *
 * @param step A power of two.
 */
export function differenceError(use: Use, order: number, step: number): number {
  return tidy(() => {
    const before = derivatives(use)[order - 1]!;
    const direction = use.directions[order - 1]!;
    const [xs, ds] = [tensors(use.point), tensors(direction)];
    const at = (distance: number) => tidy(() => before(xs.map((x, i) => add(x, mul(ds[i]!, distance)))));
    const sides = (distance: number) => sub(at(distance), at(-distance));
    const difference = mul(sub(mul(8, sides(step)), sides(2 * step)), 1 / step);
    const parts = gradients(before, xs).flatMap((g, i) => (g ? [mul(g, ds[i]!)] : []));
    const found = parts.map((part) => sum(part)).reduce((a, b) => add(a, b));
    const scale = parts.reduce((all, part) => part.dataSync<'float32'>().reduce((a, v) => a + Math.abs(v), all), 0);
    return Math.abs(sub(mul(12, found), difference).dataSync()[0]!) / 12 / Math.max(scale, 1e-2);
  });
}

/** The loss itself. */
export const lossOf = (use: Use): number => tidy(() => use.loss(tensors(use.point)).dataSync()[0]!);

/** The gradient of the derivative before an order, all its numbers: of the loss, of its first derivative, ... */
export const gradientOf = (use: Use, order: number): number[] =>
  tidy(() => {
    const xs = tensors(use.point);
    return gradients(derivatives(use)[order - 1]!, xs).flatMap((gradient, i) =>
      gradient ? [...gradient.dataSync()] : Array.from<number>(use.point[i]!.values).fill(0),
    );
  });

/** The largest distance of two gradients, relative to the largest number expected. */
export function distance(found: readonly number[], expected: readonly number[]): number {
  const largest = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-2);
  return found.reduce((worst, value, i) => Math.max(worst, Math.abs(value - expected[i]!) / largest), 0);
}
