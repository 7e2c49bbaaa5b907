import { reshape, sign, slice, split, stridedSlice, Tensor, transpose } from '@tensorflow/tfjs-core';

/**
 * The chained ops that tfjs-layers itself calls (its Orthogonal initialiser, the default of every recurrent layer, and
 * the gradients of `gather` and `prod`); `@tensorflow/tfjs-core` alone has none in Node. Methods that exist stay.
 */
export function registerChainedOps(): void {
  const methods: Record<string, (this: Tensor, ...rest: never[]) => unknown> = {
    flatten() {
      return reshape(this, [-1]);
    },
    reshape(shape: number[]) {
      return reshape(this, shape);
    },
    transpose(permutation?: number[]) {
      return transpose(this, permutation);
    },
    sign() {
      return sign(this);
    },
    slice(begin: number | number[], size?: number | number[]) {
      return slice(this, begin, size);
    },
    split(parts: number | number[], axis?: number) {
      return split(this, parts, axis);
    },
    stridedSlice(begin: number[], end: number[], strides: number[]) {
      return stridedSlice(this, begin, end, strides);
    },
  };
  for (const [name, value] of Object.entries(methods))
    if (!(name in Tensor.prototype))
      Object.defineProperty(Tensor.prototype, name, { value, configurable: true, writable: true });
}
