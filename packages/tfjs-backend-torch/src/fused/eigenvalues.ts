import { aten } from '../native/call.js';
import { scope } from '../native/handle.js';
import { download, upload } from '../native/memory.js';

const eigenvalues = aten('linalg_eigvalsh');

/**
 * Eigenvalues of a symmetric matrix, in float64 throughout.
 *
 * @param matrix Row-major, `size` x `size`; only its lower triangle is read.
 * @returns `size` values, ascending.
 * @throws TorchError if the array has another length, or the calculation does not converge.
 */
export const symmetricEigenvalues = (matrix: Float64Array, size: number): Float64Array =>
  scope(() => download(eigenvalues(upload(matrix, [size, size], 'float64'), 'L'), 'float64'));
