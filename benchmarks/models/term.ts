import { catalogue } from '../cost/catalogue.js';
import { gameOf } from '../cost/game.js';
import type { BenchmarkModel } from './model.js';

/** A DCGAN with a term of `@gan/losses`, by the name of its factory; `plain` is without, `unrolled5` looks ahead instead. */
export const model: BenchmarkModel = ({ size, variant = 'plain' }) => ({
  sample: [size, size, 1],
  game: gameOf(catalogue[variant], { size, unrolled: variant === 'unrolled5' ? 5 : 0 }),
});
