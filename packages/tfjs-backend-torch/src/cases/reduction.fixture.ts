import { reshape, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { NumericType } from '../backend.js';
import { type Case, type Cases, type Draw, one, run } from '../differential.fixture.js';

/** Axes of a shape: some, all, none, counted from the end. */
const axesOf = (draw: Draw, { length }: readonly number[]): number | number[] => {
  const some = Array.from({ length }, (_, axis) => axis).filter(() => draw.whole(0, 1) === 1);
  return draw.pick([some, length - 1, -1, [-1]]);
};

const reduced = (kernel: string, types: readonly NumericType[], { name = 'axis', ofNothing = false } = {}): Case => {
  return (draw) => {
    const shape = (ofNothing ? draw.sizes : draw.shape)(draw.whole(1, 4), 4);
    const dtype = draw.pick(types);
    const x = draw(shape, dtype, dtype === 'int32' ? [-2, 2] : undefined);
    return one(kernel, { x }, { [name]: axesOf(draw, shape), keepDims: draw.pick([true, false]) });
  };
};

const found = (kernel: string): Case => {
  return (draw) => {
    const shape = draw.shape(draw.whole(1, 3));
    const dtype = draw.pick(['float32', 'int32'] as const);
    const x = draw(shape, dtype, dtype === 'int32' ? [0, 2] : [-1, 1]);
    return one(kernel, { x }, { axis: draw.whole(0, shape.length - 1) });
  };
};

const running = (kernel: string): Case => {
  return (draw) => {
    const shape = draw.sizes(draw.whole(1, 3));
    const flags = { exclusive: draw.pick([true, false]), reverse: draw.pick([true, false]) };
    const x = draw(shape, draw.pick(['float32', 'int32'] as const), [-2, 2]);
    return one(kernel, { x }, { axis: draw.whole(0, shape.length - 1), ...flags });
  };
};

/** Sums, extremes, truths along axes; order and counts. */
export const reduction: Cases = {
  Sum: reduced('Sum', ['float32', 'int32', 'bool'], { ofNothing: true }),
  Mean: reduced('Mean', ['float32', 'int32']),
  Prod: reduced('Prod', ['float32', 'int32'], { ofNothing: true }),
  Max: reduced('Max', ['float32', 'int32'], { name: 'reductionIndices' }),
  Min: reduced('Min', ['float32', 'int32']),
  All: reduced('All', ['bool']),
  Any: reduced('Any', ['bool']),
  ArgMax: found('ArgMax'),
  ArgMin: found('ArgMin'),
  Cumsum: running('Cumsum'),
  Cumprod: running('Cumprod'),
  TopK: (draw) => {
    const shape = draw.shape(draw.whole(1, 3), 7);
    const dtype = draw.pick(['float32', 'int32'] as const);
    return run('TopK', { x: draw(shape, dtype, [0, 4]) }, { k: draw.whole(0, shape.at(-1)!), sorted: true });
  },
  SearchSorted: (draw) => {
    const [rows, columns] = draw.shape(2, 7) as [number, number];
    const steps = { x: draw([rows, columns], draw.pick(['float32', 'int32'] as const), [0, 2]) };
    const sortedSequence = one('Cumsum', steps, { axis: 1, exclusive: false, reverse: false });
    const values = draw([rows, draw.whole(1, 6)], sortedSequence.dtype as NumericType, [-1, 9]);
    return one('SearchSorted', { sortedSequence, values }, { side: draw.pick(['left', 'right']) });
  },
  Bincount: (draw) => {
    const [count, size] = [draw.whole(0, 9), draw.whole(1, 6)];
    const weights = draw(draw.pick([[count], [0]]), draw.pick(['float32', 'int32'] as const));
    return one('Bincount', { x: draw([count], 'int32', [0, 7]), weights }, { size });
  },
  DenseBincount: (draw) => {
    const shape = draw.sizes(draw.whole(1, 2), 8);
    const weights = draw(draw.pick([shape, [0]]), 'float32');
    const [x, size, binaryOutput] = [draw(shape, 'int32', [0, 6]), draw.whole(1, 6), draw.pick([true, false])];
    if (shape.length === 2 || !draw.reference) return one('DenseBincount', { x, weights }, { size, binaryOutput });
    // The cpu backend counts a vector, whatever it is asked for.
    const row = (of: Tensor) => reshape(of, of.size === 0 ? [0] : [1, -1]);
    return reshape(one('DenseBincount', { x: reshape(x, [1, -1]), weights: row(weights) }, { size, binaryOutput }), [
      size,
    ]);
  },
  Unique: (draw) => {
    const shape = draw.sizes(draw.whole(1, 3), 5);
    const axis = draw.whole(0, shape.length - 1);
    const x = draw(shape, draw.pick(['int32', 'bool'] as const), [0, shape.length > 1 ? 1 : 4]);
    const odd = [2, Number.NaN, -0, 0, Number.NaN, Number.POSITIVE_INFINITY, 2, draw.whole(0, 2)];
    return [...(run('Unique', { x }, { axis }) as []), ...(run('Unique', { x: tensor(odd) }, { axis: 0 }) as [])];
  },
};
