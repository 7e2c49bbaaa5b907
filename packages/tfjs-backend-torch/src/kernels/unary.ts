import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant } from '../native/memory.js';
import { precisionInUse } from '../native/precision.js';
import { multiplyNumber } from '../native/scalars.js';
import { as, numeric, real } from './convert.js';

/** A function of each element that gives integers for integers. */
const closed = (name: string, operator: (x: Handle) => Handle): KernelConfig =>
  kernel<Operands<'x'>>(name, ({ x }) => operator(numeric(x)));

/** A function of each element that gives float32, also for integers. */
const analytic = (name: string, operator: (x: Handle) => Handle): KernelConfig =>
  kernel<Operands<'x'>>(name, ({ x }) => operator(real(x)));

const clamp = aten('clamp.Tensor');
const greater = aten('gt.Tensor');
const where = aten('where.self');
const isNan = aten('isnan');

/** Twice this takes the smallest number above zero to at least 1, and zero, infinities and NaN to themselves. */
const STEEP = { float32: 2 ** 127, float64: 2 ** 537 };

/** 1 above zero, `alpha` elsewhere; NaN stays NaN. A ramp that steep, cut off at both ends, is several times faster than a choice. */
const step = kernel<Operands<'x'>, { alpha?: number }>('Step', ({ x }, { alpha = 0 }) => {
  const handle = numeric(x);
  const [low, high] = [constant(alpha, 'float32'), constant(1, 'float32')];
  const steep = STEEP[precisionInUse()];
  if (x.dtype === 'float32' && alpha >= 0 && alpha <= 1)
    return clamp(multiplyNumber(multiplyNumber(handle, steep), steep), low, high);
  return as(where(greater(handle, constant(0, 'float32')), high, where(isNan(handle), handle, low)), x.dtype);
});

const clip = kernel<Operands<'x'>, { clipValueMin: number; clipValueMax: number }>(
  'ClipByValue',
  ({ x }, { clipValueMin, clipValueMax }) =>
    as(clamp(numeric(x), constant(clipValueMin, 'float32'), constant(clipValueMax, 'float32')), x.dtype),
);

/** Functions of each element. */
export const unary: readonly KernelConfig[] = [
  closed('Abs', aten('abs')),
  analytic('Acos', aten('acos')),
  analytic('Acosh', aten('acosh')),
  analytic('Asin', aten('asin')),
  analytic('Asinh', aten('asinh')),
  analytic('Atan', aten('atan')),
  analytic('Atanh', aten('atanh')),
  closed('Ceil', aten('ceil')),
  analytic('Cos', aten('cos')),
  analytic('Cosh', aten('cosh')),
  analytic('Erf', aten('erf')),
  analytic('Exp', aten('exp')),
  analytic('Expm1', aten('expm1')),
  closed('Floor', aten('floor')),
  analytic('Log', aten('log')),
  analytic('Log1p', aten('log1p')),
  closed('Neg', aten('neg')),
  analytic('Reciprocal', aten('reciprocal')),
  closed('Round', aten('round')),
  analytic('Rsqrt', aten('rsqrt')),
  closed('Sign', aten('sign')),
  analytic('Sin', aten('sin')),
  analytic('Sinh', aten('sinh')),
  analytic('Sqrt', aten('sqrt')),
  closed('Square', aten('square')),
  analytic('Tan', aten('tan')),
  step,
  clip,
];
