import { cumprod, cumsum, div, mul, reshape, sum } from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';
import { axesOf, spreadTo } from './shapes-of.js';

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

  // The gradient of `Prod` is made of running products; as in TensorFlow, theirs is not a number where x is 0.
  replaceGradient('Cumprod', ['x'], (dy, [x], { axis, exclusive, reverse }: Running) => ({
    x: () => div(cumsum(mul(cumprod(x, axis, exclusive, reverse), dy), axis, exclusive, !reverse), x),
  }));
}
