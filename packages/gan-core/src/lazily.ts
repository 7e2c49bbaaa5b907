import { assertCount } from './checks.js';
import type { Rate } from './optimizer.js';
import type { AdamOptions } from './optimizers/adam.js';

/**
 * Adam's options for a network that is regularised in every `period`-th step by an update more, as StyleGAN2's program
 * does it: with c = period / (period + 1),
 *
 *     learningRate <- c learningRate,   beta1 <- beta1^c,   beta2 <- beta2^c
 *
 * so that period + 1 updates move and forget as much as period did. Written `adam(lazily(16, { learningRate: 2e-3 }))`.
 *
 * Here a term under `every` makes no update more: its gradient is added, `period` times as strong, to that of an update
 * which is made anyway, and nothing needs to be rescaled. `lazily` is for the published numbers, which are those before
 * it, and for a penalty that a player of its own follows.
 *
 * @param period Steps from one update more to the next.
 * @throws TypeError if `period` is not a whole number of at least 1.
 * @see Karras et al. (2020), arXiv:1912.04958, appendix B, "Lazy regularization".
 */
export function lazily<O extends AdamOptions>(period: number, options: O): O & AdamOptions {
  assertCount('period', period);
  const share = period / (period + 1);
  const { learningRate, beta1 = 0.9, beta2 = 0.999 } = options;
  return {
    ...options,
    learningRate: changed(learningRate, (rate) => share * rate),
    beta1: changed(beta1, (beta) => beta ** share),
    beta2: changed(beta2, (beta) => beta ** share),
  };
}

const changed = (rate: Rate, by: (value: number) => number): Rate =>
  typeof rate === 'function' ? (update) => by(rate(update)) : by(rate);
