import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { NumericType } from '../backend.js';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { addScaled, subtractScaled } from '../native/scalars.js';
import { as, numeric, typed, whole } from './convert.js';

type Pair = Operands<'a' | 'b'>;

const multiply = aten('mul.Tensor');
const divide = aten('div.Tensor');
const remainder = aten('remainder.Tensor');
const power = aten('pow.Tensor_Tensor');
const maximum = aten('maximum');
const minimum = aten('minimum');
const atan2 = aten('atan2');
const square = aten('square');
const floor = aten('floor');
const bitwiseAnd = aten('bitwise_and.Tensor');

/** The type of what two tensors give: the first's, unless the second is complex. */
const typeOf = ({ a, b }: Pair): NumericType => (b.dtype === 'complex64' ? b.dtype : a.dtype);

const isWhole = (type: NumericType): boolean => type === 'int32' || type === 'bool';

/** A function of two tensors, broadcast. */
const binary = (name: string, body: (a: Handle, b: Handle) => Handle): KernelConfig =>
  kernel<Pair>(name, ({ a, b }) => as(body(numeric(a), numeric(b)), typeOf({ a, b })));

/** The same for what libtorch does not do to integers as JavaScript does: by way of float64, which holds every int32. */
const throughDouble = (name: string, body: (a: Handle, b: Handle) => Handle): KernelConfig =>
  kernel<Pair>(name, ({ a, b }) => {
    const type = typeOf({ a, b });
    if (isWhole(type)) return as(whole(body(as(a.handle, 'float64'), as(b.handle, 'float64'))), type);
    return body(typed(a, type), typed(b, type));
  });

const add = (a: Handle, b: Handle) => addScaled(a, b, 1);
const subtract = (a: Handle, b: Handle) => subtractScaled(a, b, 1);

/** Each partial sum is freed as the next one is there. */
const sum = ([first, ...others]: readonly Handle[]): Handle =>
  others.reduce((total, next, index) => {
    const larger = add(total, next);
    if (index > 0) total.free();
    return larger;
  }, first!);

/** Arithmetic of two or more tensors. */
export const arithmetic: readonly KernelConfig[] = [
  throughDouble('Add', add),
  throughDouble('Sub', subtract),
  binary('Multiply', multiply),
  binary('Maximum', maximum),
  binary('Minimum', minimum),
  throughDouble('SquaredDifference', (a, b) => square(subtract(a, b))),
  binary('Atan2', atan2),
  binary('BitwiseAnd', bitwiseAnd),
  throughDouble('RealDiv', divide),
  throughDouble('Mod', remainder),
  throughDouble('Pow', power),
  kernel<Pair>('FloorDiv', ({ a, b }) => whole(floor(divide(as(a.handle, 'float64'), as(b.handle, 'float64'))))),
  kernel<Readonly<Record<string, Operand>>>('AddN', (operands) => {
    const all = Object.values(operands);
    const type = all[0]!.dtype;
    if (isWhole(type)) return as(whole(sum(all.map(({ handle }) => as(handle, 'float64')))), type);
    return sum(all.map((each) => typed(each, type)));
  }),
];
