import type { Operand } from '../kernel.js';
import { aten } from '../native/call.js';
import type { NativeType } from '../native/dtype.js';
import type { Handle } from '../native/handle.js';
import { elementType } from '../native/inspect.js';

const toType = aten('to.dtype');
const nanToNumber = aten('nan_to_num');

/** The tensor in a given type: itself if it has it. */
export const as = (handle: Handle, type: NativeType): Handle =>
  elementType(handle) === type ? handle : toType(handle, type, false, false, null);

/** Numbers to calculate with: libtorch has no arithmetic of truth values. */
export const numeric = ({ handle, dtype }: Operand): Handle => (dtype === 'bool' ? as(handle, 'int32') : handle);

/** The type of sums and products of the elements: truth values are counted. */
export const summed = ({ dtype }: Operand): NativeType => (dtype === 'bool' ? 'int32' : dtype);

/** An operand in a given type: itself if it has it. */
export const typed = ({ handle, dtype }: Operand, type: NativeType): Handle =>
  dtype === type ? handle : as(handle, type);

/** As float32, which is what a function of integers gives. */
export const real = (operand: Operand): Handle => typed(operand, 'float32');

/** Whole numbers out of float64, as JavaScript stores them: NaN and infinities as 0, the rest modulo 2^32. */
export const whole = (handle: Handle): Handle => as(as(nanToNumber(handle, 0, 0, 0), 'int64'), 'int32');

/** NaN replaced, infinities kept. */
export const withoutNan = (x: Handle, value: number): Handle =>
  nanToNumber(x, value, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
