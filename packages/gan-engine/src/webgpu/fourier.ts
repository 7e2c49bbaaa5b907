import {
  add,
  complex,
  cos,
  div,
  imag,
  type KernelFunc,
  matMul,
  mod,
  mul,
  outerProduct,
  range,
  real,
  reshape,
  sin,
  sub,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';

/**
 * The discrete Fourier transform of the last axis, or its inverse, as products with the matrices of
 *
 *     cos(2 pi j k / n)   and   sin(2 pi j k / n)
 *
 * The backend's own is no faster algorithm either, takes the device's sines, which may be 2^-11 off, and leaves the parts of a complex tensor as
 * matrices.
 *
 * @param sign 1, or -1 for the inverse.
 */
export const fourier =
  (sign: 1 | -1): KernelFunc =>
  ({ inputs }) =>
    tidy(() => {
      const x = inputs['input'] as Tensor;
      const n = x.shape.at(-1)!;
      const places = range(0, n);
      // Whole turns are left out where they are whole numbers still, so that an angle is as exact as its sine.
      const angles = mul(mod(outerProduct(places, places), n), (sign * 2 * Math.PI) / n);
      const [c, s] = [cos(angles) as Tensor2D, sin(angles) as Tensor2D];
      const [a, b] = [real(x), imag(x)].map((part) => reshape(part, [-1, n])) as [Tensor2D, Tensor2D];
      const size = sign === 1 ? 1 : n;
      const part = (t: Tensor2D) => reshape(size === 1 ? t : div(t, size), x.shape);
      return complex(
        part(add(matMul(a, c), matMul(b, s)) as Tensor2D),
        part(sub(matMul(b, c), matMul(a, s)) as Tensor2D),
      );
    });
