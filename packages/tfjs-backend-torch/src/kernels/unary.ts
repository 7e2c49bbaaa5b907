import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant } from '../native/memory.js';
import { multiplyNumber } from '../native/scalars.js';
import { as, numeric } from './convert.js';

/** A function of each element. libtorch makes float32 of integers where a function is not closed on them. */
const elementwise = (name: string, operator: (x: Handle) => Handle): KernelConfig =>
  kernel<Operands<'x'>>(name, ({ x }) => operator(numeric(x)));

const clamp = aten('clamp.Tensor');
const greater = aten('gt.Tensor');
const where = aten('where.self');
const isNan = aten('isnan');

/** Twice this takes the smallest float32 above zero to at least 1, and zero, infinities and NaN to themselves. */
const STEEP = 2 ** 127;

/** 1 above zero, `alpha` elsewhere; NaN stays NaN. A ramp that steep, cut off at both ends, is several times faster than a choice. */
const step = kernel<Operands<'x'>, { alpha?: number }>('Step', ({ x }, { alpha = 0 }) => {
  const handle = numeric(x);
  const [low, high] = [constant(alpha, 'float32'), constant(1, 'float32')];
  if (x.dtype === 'float32' && alpha >= 0 && alpha <= 1)
    return clamp(multiplyNumber(multiplyNumber(handle, STEEP), STEEP), low, high);
  return as(where(greater(handle, constant(0, 'float32')), high, where(isNan(handle), handle, low)), x.dtype);
});

const clip = kernel<Operands<'x'>, { clipValueMin: number; clipValueMax: number }>(
  'ClipByValue',
  ({ x }, { clipValueMin, clipValueMax }) =>
    as(clamp(numeric(x), constant(clipValueMin, 'float32'), constant(clipValueMax, 'float32')), x.dtype),
);

/** Functions of each element. */
export const unary: readonly KernelConfig[] = [
  elementwise('Abs', aten('abs')),
  elementwise('Acos', aten('acos')),
  elementwise('Acosh', aten('acosh')),
  elementwise('Asin', aten('asin')),
  elementwise('Asinh', aten('asinh')),
  elementwise('Atan', aten('atan')),
  elementwise('Atanh', aten('atanh')),
  elementwise('Ceil', aten('ceil')),
  elementwise('Cos', aten('cos')),
  elementwise('Cosh', aten('cosh')),
  elementwise('Erf', aten('erf')),
  elementwise('Exp', aten('exp')),
  elementwise('Expm1', aten('expm1')),
  elementwise('Floor', aten('floor')),
  elementwise('Log', aten('log')),
  elementwise('Log1p', aten('log1p')),
  elementwise('Neg', aten('neg')),
  elementwise('Reciprocal', aten('reciprocal')),
  elementwise('Round', aten('round')),
  elementwise('Rsqrt', aten('rsqrt')),
  elementwise('Sign', aten('sign')),
  elementwise('Sin', aten('sin')),
  elementwise('Sinh', aten('sinh')),
  elementwise('Sqrt', aten('sqrt')),
  elementwise('Square', aten('square')),
  elementwise('Tan', aten('tan')),
  step,
  clip,
];
