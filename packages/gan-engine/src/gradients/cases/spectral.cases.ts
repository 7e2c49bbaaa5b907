import * as tf from '@tensorflow/tfjs-core';
import { as1, type OpCase, op, without } from './case.cases.js';
import type { Random } from './random.cases.js';

/** Both parts, weighted apart. */
const parts = (z: tf.Tensor) => tf.add(tf.real(z), tf.mul(0.7, tf.imag(z)));

/** Of the complex numbers made of two inputs. */
const ofComplex = (
  name: string,
  f: (z: tf.Tensor, random: Random) => tf.Tensor,
  ranks: readonly [number, number],
): OpCase =>
  op(name, (random) => {
    const shape = random.sizes(random.whole(...ranks), 4);
    return {
      inputs: [random.input(shape, { kinks: [0] }), random.input(shape)],
      op: (a, b) => f(tf.complex(a!, b!), random),
    };
  });

/** Complex numbers and Fourier transforms: what is differentiated, and what comes out, is real. */
export const spectralCases: readonly OpCase[] = without(
  ['wasm'],
  [
    ofComplex('abs of complex numbers', tf.abs, [0, 3]),
    ofComplex('add and sub of complex numbers', (z) => parts(tf.add(z, tf.sub(z, tf.mul(z, z)))), [0, 3]),
    ofComplex('mul of complex numbers', (z) => parts(tf.mul(z, tf.mul(z, z))), [0, 3]),
    ofComplex('complex, real and imag', parts, [0, 3]),
    ofComplex('cast of complex numbers', (z) => tf.cast(z, 'float32'), [0, 3]),
    ofComplex('reshape of complex numbers', (z) => parts(tf.reshape(z, [-1])), [0, 3]),
    ofComplex('fft', (z) => parts(tf.fft(z)), [1, 3]),
    ofComplex('ifft', (z) => parts(tf.ifft(z)), [1, 3]),
    ofComplex('irfft', (z) => tf.irfft(z), [2, 2]),
    op('rfft', (random) => {
      const shape = random.sizes(random.whole(1, 3), 5);
      const length = random.whole(1, 6);
      return { inputs: [random.input(shape)], op: (x) => parts(tf.spectral.rfft(x!, length)) };
    }),
    op('signal.stft', (random) => {
      const length = random.whole(2, 5);
      return {
        inputs: [random.input([length + random.whole(0, 5)])],
        op: (x) => parts(tf.signal.stft(as1(x), length, 2)),
      };
    }),
  ],
);
