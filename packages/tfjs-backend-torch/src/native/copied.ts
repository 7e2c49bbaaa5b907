import { aten, shim } from './call.js';
import type { Handle } from './handle.js';
import { isContiguous } from './inspect.js';

const asItLies = shim('aoti_torch_clone', 'Tensor self -> Tensor');
const clone = aten('clone');

/** A copy in memory of its own, row by row; by the shortest way where it already lies so. */
export const copied = (handle: Handle): Handle =>
  isContiguous(handle) ? asItLies(handle) : clone(handle, 'contiguous_format');
