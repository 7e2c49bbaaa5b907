import type { KernelFunc } from '@tensorflow/tfjs-core';
import { elementwise } from './elementwise.js';

/**
 * WGSL lets sines be 2^-11 off. These take x = k pi/2 + r with |r| <= pi/4, pi/2 in three parts (Cody and Waite) so that k pi/2
 * loses nothing, and the Taylor series of r, whose next terms are below 2^-26. From 2^15 on, whose float32 neighbours are
 * 1/256 apart, k is no longer exact enough, and the device's own answer has to do.
 */
const parts = `
  fn sine(r : f32) -> f32 {
    let s = r * r;
    return r + r * s * (-1.6666666666e-1 + s * (8.3333333333e-3 + s * (-1.984126984e-4 + s * 2.7557319e-6)));
  }
  fn cosine(r : f32) -> f32 {
    let s = r * r;
    return 1.0 + s * (-0.5 + s * (4.1666666666e-2 + s * (-1.388888888e-3 + s * (2.48015873e-5 - s * 2.7557319e-7))));
  }
  fn turned(x : f32, quarters : i32) -> f32 {
    let k = round(x * 0.63661977236);
    let r = ((x - k * 1.5703125) - k * 4.837512969970703125e-4) - k * 7.54978995489188216e-8;
    let quadrant = (i32(k) + quarters) & 3;
    let value = select(sine(r), cosine(r), (quadrant & 1) == 1);
    return select(value, -value, quadrant >= 2);
  }
  fn sin_(x : f32) -> f32 { if (abs(x) < 32768.0) { return turned(x, 0); } return sin(x); }
  fn cos_(x : f32) -> f32 { if (abs(x) < 32768.0) { return turned(x, 1); } return cos(x); }`;

const kernel = (name: string, body: string, before = ''): KernelFunc =>
  elementwise(name, `${before} fn mapped(x : f32) -> f32 { ${body} }`);

/** Compilers may suppose that there are no NaN, and lose them. */
const unlessNaN = (name: string, value: string): KernelFunc =>
  kernel(name, `if (isnan(x)) { return x; } return ${value};`);

/** Functions of a number, where the device's own are too far off or lose a NaN: exact to some 2^-22. */
export const functions: Readonly<Record<string, KernelFunc>> = {
  Sin: kernel('Sin', 'return sin_(x);', parts),
  Cos: kernel('Cos', 'return cos_(x);', parts),
  Tan: kernel('Tan', 'return sin_(x) / cos_(x);', parts),
  Acos: kernel('Acos', 'if (abs(x) > 1.0) { return uniforms.NAN; } return 2.0 * atan2(sqrt(1.0 - x), sqrt(1.0 + x));'),
  Acosh: kernel('Acosh', 'if (isnan(x) || x < 1.0) { return uniforms.NAN; } return acosh(x);'),
  Asinh: unlessNaN('Asinh', 'asinh(x)'),
  Atanh: kernel(
    'Atanh',
    'if (isnan(x) || abs(x) > 1.0) { return uniforms.NAN; } if (abs(x) == 1.0) { return x * uniforms.INFINITY; } return atanh(x);',
  ),
  Sigmoid: unlessNaN('Sigmoid', '1.0 / (1.0 + exp(-x))'),
};
