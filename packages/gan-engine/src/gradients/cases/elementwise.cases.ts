import * as tf from '@tensorflow/tfjs-core';
import { anywhere, type OpCase, op, unary } from './case.cases.js';

const inside = { from: -0.8, to: 0.8 };
const positive = { from: 0.5, to: 2 };

/** Functions of one number. */
export const elementwiseCases: readonly OpCase[] = [
  unary('abs', tf.abs, { kinks: [0] }),
  unary('acos', tf.acos, inside),
  unary('acosh', tf.acosh, { from: 1.3, to: 2.5 }),
  unary('asin', tf.asin, inside),
  unary('asinh', tf.asinh),
  unary('atan', tf.atan),
  unary('atanh', tf.atanh, inside),
  unary('cast', (x) => tf.cast(x, 'float32')),
  unary('clone', tf.clone),
  op('clipByValue', (random) => {
    const [low, high] = [random.uniform(-0.9, -0.1), random.uniform(0, 0.9)];
    return { inputs: [anywhere(random, { kinks: [low, high] })], op: (x) => tf.clipByValue(x!, low, high) };
  }),
  unary('cos', tf.cos),
  unary('cosh', tf.cosh),
  unary('erf', tf.erf),
  unary('exp', tf.exp),
  unary('expm1', tf.expm1),
  unary('log', tf.log, positive),
  unary('log1p', tf.log1p, { from: -0.5, to: 1 }),
  unary('neg', tf.neg),
  unary('reciprocal', tf.reciprocal, positive),
  unary('rsqrt', tf.rsqrt, positive),
  unary('sin', tf.sin),
  unary('sinh', tf.sinh),
  unary('sqrt', tf.sqrt, positive),
  unary('square', tf.square),
  unary('tan', tf.tan),
];
