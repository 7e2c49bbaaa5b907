import { abs, complex, fft, ifft, imag, maximum, mul, neg, real, type Tensor } from '@tensorflow/tfjs-core';
import { kernel } from '../kernels/call.js';
import { replaceGradient } from './replace-gradient.js';
import { byParts, float, sumTo, zerosOf } from './shapes-of.js';

const conjugate = (z: Tensor): Tensor => (z.dtype === 'complex64' ? complex(real(z), neg(imag(z))) : float(z));
const timesReal = (z: Tensor, factor: Tensor | number): Tensor => byParts((part) => mul(part, factor), z);

/**
 * Complex numbers, the Fourier transforms among them, and the arithmetic that they share with real ones. The gradient
 * of a real loss at z = a + ib is dL/da + i dL/db, which the adjoint of an op carries back: conjugates for products,
 *
 *     fft: n ifft(dy),   ifft: fft(dy) / n
 *
 * for n numbers in a row. TensorFlow.js has no gradient for most of them and a wrong one for the magnitude.
 */
export function registerComplexGradients(): void {
  replaceGradient('Complex', [], (dy) => ({ real: () => real(dy), imag: () => imag(dy) }));
  replaceGradient('Real', [], (dy) => ({ input: () => complex(dy, zerosOf(dy)) }));
  replaceGradient('Imag', [], (dy) => ({ input: () => complex(zerosOf(dy), dy) }));
  replaceGradient('FFT', [], (dy) => ({ input: () => timesReal(ifft(dy), dy.shape.at(-1)!) }));
  replaceGradient('IFFT', [], (dy) => ({ input: () => timesReal(fft(dy), 1 / dy.shape.at(-1)!) }));
  // At 0 the magnitude has no derivative; 0 is the one of least size.
  replaceGradient('ComplexAbs', ['x'], (dy, [x]) => ({
    x: () => {
      const [a, b] = [real(x), imag(x)];
      const factor = kernel('RealDiv', { a: dy, b: maximum(abs(x), Number.MIN_VALUE) }, {});
      return complex(mul(factor, a), mul(factor, b));
    },
  }));

  replaceGradient('Identity', [], (dy) => ({ x: () => kernel('Identity', { x: dy }, {}) }));
  // What is cast to whole numbers is constant wherever it is continuous, unless it was whole; what is cast from complex
  // loses a part.
  replaceGradient('Cast', ['x'], (dy, [x], { dtype }: { dtype: string }) => ({
    x: () => {
      const stays = x.dtype === dtype || (x.dtype === 'bool' && dtype === 'int32');
      if (!stays && dtype !== 'float32' && dtype !== 'complex64') return zerosOf(x);
      if (x.dtype === 'complex64')
        return dtype === 'complex64' ? kernel('Identity', { x: dy }, {}) : complex(dy, zerosOf(dy));
      return dtype === 'complex64' ? real(dy) : kernel('Identity', { x: dy }, {});
    },
  }));

  replaceGradient('Add', ['a', 'b'], (dy, [a, b]) => ({ a: () => sumTo(dy, a.shape), b: () => sumTo(dy, b.shape) }));
  replaceGradient('Sub', ['a', 'b'], (dy, [a, b]) => ({
    a: () => sumTo(dy, a.shape),
    b: () => byParts(neg, sumTo(dy, b.shape)),
  }));
  replaceGradient('Multiply', ['a', 'b'], (dy, [a, b]) => ({
    a: () => sumTo(mul(dy, conjugate(b)), a.shape),
    b: () => sumTo(mul(dy, conjugate(a)), b.shape),
  }));
}
