import type { Input, Trial } from './trial.js';

/** Numbers in [-1, 1), or between other bounds. */
export const floats = (shape: number[], range: Input['range'] = [-1, 1]): Input => ({ shape, range, dtype: 'float32' });

/** Whole numbers from 0, below a count. */
export const ids = (shape: number[], count: number): Input => ({ shape, range: [0, count], dtype: 'int32' });

/**
 * Ways to try a layer. Where the cpu backend is wrong, what it is compared with is made another way.
 */
export type Trials = readonly ((reference: boolean) => Trial)[];

/** One layer on one input, in several ways. */
export const each = <T>(make: (options: T) => Trial['layer'], input: Input, ...ways: T[]): Trials =>
  ways.map((options) => () => ({ layer: make(options), inputs: [input] }));
