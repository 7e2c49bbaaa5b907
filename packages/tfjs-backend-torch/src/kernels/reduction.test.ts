import type { Tensor } from '@tensorflow/tfjs-core';
import { describeOnTorch, itAgrees, run } from '../differential.fixture.js';

describeOnTorch('reductions', () => {
  for (const kernel of ['Sum', 'Mean', 'Max', 'Min', 'Prod'])
    itAgrees(`${kernel} of float32 and int32 along any axes`, 40, (draw) => {
      const shape = draw.shape(draw.whole(1, 4), 4);
      const axis = shape.map((_, index) => index).filter(() => draw.whole(0, 1) === 1);
      const axes = kernel === 'Max' ? 'reductionIndices' : 'axis';
      const dtype = draw.pick(['float32', 'int32'] as const);
      const x = draw(shape, dtype, dtype === 'int32' ? [-2, 2] : [-4, 4]);
      return run(
        kernel,
        { x },
        { [axes]: draw.pick([axis, shape.length - 1, -1]), keepDims: draw.pick([true, false]) },
      );
    });

  for (const kernel of ['All', 'Any'])
    itAgrees(`${kernel} along any axes`, 20, (draw) => {
      const shape = draw.shape(draw.whole(1, 3), 4);
      const axis = shape.map((_, index) => index).filter(() => draw.whole(0, 1) === 1);
      return run(kernel, { x: draw(shape, 'bool') }, { axis, keepDims: draw.pick([true, false]) });
    });

  for (const kernel of ['ArgMax', 'ArgMin'])
    itAgrees(`${kernel}: of equal values the first`, 20, (draw) => {
      const shape = draw.shape(draw.whole(1, 3), 5);
      const dtype = draw.pick(['float32', 'int32'] as const);
      return run(
        kernel,
        { x: draw(shape, dtype, dtype === 'int32' ? [0, 2] : [-1, 1]) },
        { axis: draw.whole(0, shape.length - 1) },
      );
    });

  for (const kernel of ['Cumsum', 'Cumprod'])
    itAgrees(`${kernel}, exclusive or not, forwards and backwards`, 30, (draw) => {
      const shape = draw.shape(draw.whole(1, 3), 5);
      const flags = { exclusive: draw.pick([true, false]), reverse: draw.pick([true, false]) };
      const x = draw(shape, draw.pick(['float32', 'int32'] as const), [-2, 2]);
      return run(kernel, { x }, { axis: draw.whole(0, shape.length - 1), ...flags });
    });

  itAgrees('the sum of nothing', 12, (draw) => run('Sum', { x: draw([0, 3]) }, { axis: [0], keepDims: false }));

  itAgrees('TopK, and where values belong in a sequence', 12, (draw) => [
    ...(run('TopK', { x: draw([3, 7], 'int32', [0, 4]) }, { k: 4, sorted: true }) as Tensor[]),
    ...(run('TopK', { x: draw([3, 7]) }, { k: draw.whole(0, 7), sorted: true }) as Tensor[]),
    ...(['left', 'right'] as const).map((side) => {
      const sortedSequence = run(
        'Cumsum',
        { x: draw([2, 6], 'int32', [0, 2]) },
        { axis: 1, exclusive: false, reverse: false },
      );
      return run('SearchSorted', { sortedSequence, values: draw([2, 5], 'int32', [0, 9]) }, { side }) as Tensor;
    }),
  ]);
});
