import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import { real } from './convert.js';

const together = aten('complex');
const realPart = aten('real');
const imaginaryPart = aten('imag');
const magnitude = aten('abs');
const transform = aten('fft_fft');
const inverse = aten('fft_ifft');

/** Complex numbers and Fourier transforms along the last dimension, the inverse divided by its size. Parts are views. */
export const complex: readonly KernelConfig[] = [
  kernel<Operands<'real' | 'imag'>>('Complex', ({ real: re, imag }) => together(real(re), real(imag))),
  kernel<Operands<'input'>>('Real', ({ input }) => realPart(input.handle)),
  kernel<Operands<'input'>>('Imag', ({ input }) => imaginaryPart(input.handle)),
  kernel<Operands<'x'>>('ComplexAbs', ({ x }) => magnitude(x.handle)),
  kernel<Operands<'input'>>('FFT', ({ input }) => transform(input.handle, null, -1, null)),
  kernel<Operands<'input'>>('IFFT', ({ input }) => inverse(input.handle, null, -1, null)),
];
