import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import { as } from './convert.js';

const sort = aten('sort.stable');
const narrow = aten('narrow');
const search = aten('searchsorted.Tensor');

/** Order. Of equal values the one that comes first wins. */
export const sorting: readonly KernelConfig[] = [
  kernel<Operands<'x'>, { k: number; sorted: boolean }>('TopK', ({ x }, { k }) => {
    const [values, indices] = sort(x.handle, true, -1, true);
    return [narrow(values, -1, 0, k), as(narrow(indices, -1, 0, k), 'int32')];
  }),
  kernel<Operands<'sortedSequence' | 'values'>, { side: 'left' | 'right' }>(
    'SearchSorted',
    ({ sortedSequence, values }, { side }) =>
      search(sortedSequence.handle, values.handle, true, side === 'right', null, null),
  ),
];
