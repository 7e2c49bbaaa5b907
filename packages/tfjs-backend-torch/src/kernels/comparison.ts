import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';

type Pair = Operands<'a' | 'b'>;

const compare = (name: string, operator: (a: Handle, b: Handle) => Handle): KernelConfig =>
  kernel<Pair>(name, ({ a, b }) => operator(a.handle, b.handle));

const not = aten('logical_not');
const finite = aten('isfinite');
const infinite = aten('isinf');
const nan = aten('isnan');
const where = aten('where.self');
const reshape = aten('reshape');

type Choice = Operands<'condition' | 't' | 'e'>;

/** Comparisons, logic and choice. The results of all but the choice are truth values. */
export const comparison: readonly KernelConfig[] = [
  compare('Equal', aten('eq.Tensor')),
  compare('NotEqual', aten('ne.Tensor')),
  compare('Greater', aten('gt.Tensor')),
  compare('GreaterEqual', aten('ge.Tensor')),
  compare('Less', aten('lt.Tensor')),
  compare('LessEqual', aten('le.Tensor')),
  compare('LogicalAnd', aten('logical_and')),
  compare('LogicalOr', aten('logical_or')),
  kernel<Operands<'x'>>('LogicalNot', ({ x }) => not(x.handle)),
  kernel<Operands<'x'>>('IsFinite', ({ x }) => finite(x.handle)),
  kernel<Operands<'x'>>('IsInf', ({ x }) => infinite(x.handle)),
  kernel<Operands<'x'>>('IsNan', ({ x }) => nan(x.handle)),
  // A condition with one value per row chooses whole rows.
  kernel<Choice>('Select', ({ condition, t, e }) => {
    const perRow = condition.shape.length === 1 && t.shape.length > 1;
    const rows = perRow ? reshape(condition.handle, [-1, ...t.shape.slice(1).map(() => 1)]) : condition.handle;
    return where(rows, t.handle, e.handle);
  }),
];
