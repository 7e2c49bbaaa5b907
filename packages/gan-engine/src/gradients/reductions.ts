import { concat, cumsum, div, mul, pad, reshape, reverse, slice, split, sum, type Tensor } from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';
import { axesOf, pullback, spreadTo } from './shapes-of.js';

interface Reduction {
  readonly axis: number | number[] | null;
}

interface Running {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

/**
 * Sums, means and their opposite. TensorFlow.js builds arrays of ones in JavaScript and uploads them for each `Sum` and
 * `Mean`, adds slices one by one for `Tile` (up to rank 4), and transposes the gradient of `Cumsum` along an axis
 * other than the last.
 */
export function registerReductionGradients(): void {
  replaceGradient('Sum', ['x'], (dy, [x], { axis }: Reduction) => ({ x: () => spreadTo(dy, x.shape, axis) }));

  replaceGradient('Mean', ['x'], (dy, [x], { axis }: Reduction) => ({
    x: () => {
      const count = axesOf(axis, x.shape).reduce((product, i) => product * x.shape[i]!, 1);
      return spreadTo(div(dy, count), x.shape, axis);
    },
  }));

  // An axis of n numbers repeated r times is r rows of n: sum over the rows. Axes that stay are left alone.
  replaceGradient('Tile', ['x'], (dy, [x], { reps }: { reps: number[] }) => ({
    x: () => {
      const rows: number[] = [];
      const repeated: number[] = [];
      x.shape.forEach((size, i) => {
        if (reps[i]! !== 1) repeated.push(rows.push(reps[i]!) - 1);
        rows.push(size);
      });
      return reshape(repeated.length > 0 ? sum(reshape(dy, rows), repeated) : dy, x.shape);
    },
  }));

  replaceGradient('Cumsum', [], (dy, _, { axis, exclusive, reverse }: Running) => ({
    x: () => cumsum(dy, axis, exclusive, !reverse),
  }));

  // Products of pairs, of pairs of pairs, ...: nothing is divided by an x that may be 0.
  replaceGradient('Prod', ['x'], (dy, [x], { axis }: Reduction) => ({
    x: () => pullback(() => reshape(axesOf(axis, x.shape).reduce(product, x), dy.shape), x, dy),
  }));
  replaceGradient('Cumprod', ['x'], (dy, [x], { axis, exclusive, reverse: backwards }: Running) => ({
    x: () =>
      pullback(
        () => {
          const running = runningProduct(backwards ? reverse(x, axis) : x, axis, exclusive);
          return backwards ? reverse(running, axis) : running;
        },
        x,
        dy,
      ),
  }));
}

/** The product along an axis, which becomes 1. */
function product(x: Tensor, axis: number): Tensor {
  let left = x;
  for (let size = x.shape[axis]!; size > 1; size = left.shape[axis]!) {
    const half = Math.floor(size / 2);
    const [first, second, ...odd] = split(left, size % 2 === 0 ? [half, half] : [half, half, 1], axis);
    left = concat([mul(first!, second!), ...odd], axis);
  }
  return left;
}

/** Running products along an axis: those of 1 number, of 2, of 4, ... */
function runningProduct(x: Tensor, axis: number, exclusive: boolean): Tensor {
  const size = x.shape[axis]!;
  const later = (t: Tensor, by: number): Tensor => {
    const kept = slice(t, 0, t.shape.with(axis, size - by));
    return pad(
      kept,
      t.shape.map((_, i): [number, number] => [i === axis ? by : 0, 0]),
      1,
    );
  };
  let running = exclusive ? later(x, 1) : x;
  for (let gap = 1; gap < size; gap *= 2) running = mul(running, later(running, gap));
  return running;
}
