import { add, div, exp, mul, neg, softplus, square, sub, type Tensor, tanh } from '@tensorflow/tfjs-core';

/**
 * An f-divergence D(p || q) = mean over q of f(p / q), as a critic bounds it from below: by the mean of T(x) over p
 * less that of f*(T(x)) over q, for any T. A score v of any size becomes T = g(v), which stays where f*, the convex
 * conjugate of f, is finite.
 */
export interface Divergence {
  readonly name: string;
  /** T = g(v), for real samples; rises with the score. */
  readonly real: (score: Tensor) => Tensor;
  /** f*(g(v)), for fakes; in one piece, so that it is exact where g(v) is at the edge. */
  readonly fake: (score: Tensor) => Tensor;
}

/** Kullback-Leibler, f(u) = u log u: p is the data. Heavy on what the fakes miss. `g = v`, `f* = exp(t - 1)`. */
export const kullbackLeibler: Divergence = {
  name: 'kullback-leibler',
  real: (score) => score,
  fake: (score) => exp(sub(score, 1)),
};

/**
 * Kullback-Leibler from the fakes to the data, f(u) = -log u: heavy on fakes where there is no data. `g = -exp(-v)`,
 * `f* = -1 - log(-t)`.
 */
export const reverseKullbackLeibler: Divergence = {
  name: 'reverse-kullback-leibler',
  real: (score) => neg(exp(neg(score))),
  fake: (score) => sub(score, 1),
};

/** Pearson's chi-squared, f(u) = (u - 1)^2. `g = v`, `f* = t^2 / 4 + t`. */
export const pearson: Divergence = {
  name: 'pearson',
  real: (score) => score,
  fake: (score) => add(div(square(score), 4), score),
};

/** Hellinger's, squared, f(u) = (sqrt(u) - 1)^2; at most 2. `g = 1 - exp(-v)`, `f* = t / (1 - t)`. */
export const squaredHellinger: Divergence = {
  name: 'squared-hellinger',
  real: (score) => sub(1, exp(neg(score))),
  fake: (score) => sub(exp(score), 1),
};

/**
 * Twice Jensen and Shannon's, f(u) = u log u - (u + 1) log((u + 1) / 2); at most 2 log 2. `g = log 2 - log(1 +
 * exp(-v))`, `f* = -log(2 - exp t)`.
 */
export const jensenShannon: Divergence = {
  name: 'jensen-shannon',
  real: (score) => sub(Math.LN2, softplus(neg(score))),
  fake: (score) => sub(softplus(score), Math.LN2),
};

/** Total variation, f(u) = |u - 1| / 2; at most 1. `g = tanh(v) / 2`, `f* = t`. */
export const totalVariationDistance: Divergence = {
  name: 'total-variation',
  real: (score) => mul(tanh(score), 0.5),
  fake: (score) => mul(tanh(score), 0.5),
};
