import { type AnyTerm, assertCount, assertDecay, assertKnownOptions, type Round, shown, untaped } from '@gan/core';
import { gather, mean, reshape, Tensor, topk } from '@tensorflow/tfjs-core';

/** Options of `topK`. */
export interface TopKOptions {
  /** In how many steps the share of fakes that teach falls to `decay` of itself; an epoch in the paper. */
  readonly period: number;
  /** What remains of the share after each period; 0.99 in the paper, unless said. */
  readonly decay?: number;
  /** The share below which it never falls; 0.5 in the paper, unless said. */
  readonly least?: number;
}

/**
 * A term whose generator learns only from the k fakes that the judge scores highest: gradients of the others point away
 * from the data more often than not,
 *
 *     k = ceil(batch * max(decay^(step / period), least))
 *
 * as in `topK({ period: 1000 }, hinge())`. The judge learns from all fakes, as before. A patch judge's map of scores
 * counts by its mean. Where the generator's side looks at more than scores of fakes (real samples beside them, classes),
 * it looks at the same rows of each.
 *
 * Unlike the paper, k falls with every step rather than at the end of each epoch.
 *
 * @returns The term with another generator side; its scores must be higher for what looks more real.
 * @throws TypeError if the term has no generator side or reads no `score`, or an option is out of range.
 * @see Sinha et al. (2020), arXiv:2002.06224, section 3.
 */
export function topK<T extends AnyTerm>(options: TopKOptions, term: T): T {
  assertKnownOptions('topK', options, ['period', 'decay', 'least']);
  const { period, decay = 0.99, least = 0.5 } = options;
  assertCount('period', period);
  assertDecay('decay', decay);
  if (!(least > 0 && least <= 1))
    throw new TypeError(`least must lie above 0 and be at most 1, but is ${shown(least)}`);
  const { generator, name, reads } = term;
  if (!generator) throw new TypeError(`topK chooses what a generator learns from, but ${name} has no generator side`);
  if (!('score' in reads))
    throw new TypeError(`topK goes by the head 'score', but ${name} reads ${Object.keys(reads).join(', ') || 'none'}`);
  const share = (step: number) => Math.max(decay ** (step / period), least);
  return { ...term, generator: (round: Round) => generator(best(round, share(round.step))) };
}

/** The round with only the best-scored share of its rows. */
function best(round: Round, share: number): Round {
  const scores = (round.fake as Round<{ score: 'linear' }>['fake']).score;
  const count = scores.shape[0]!;
  const k = Math.ceil(count * share);
  if (k === count) return round;
  const rows = untaped(() => topk(mean(reshape(scores, [count, -1]), 1), k).indices);
  const chosen = <V extends Tensor | object>(of: V): V =>
    (of instanceof Tensor
      ? gather(of, rows)
      : Object.fromEntries(Object.entries(of).map(([name, value]) => [name, chosen(value as Tensor)]))) as V;
  const samples = Object.defineProperties(
    {},
    Object.fromEntries(
      Object.keys(round.samples).map((role) => [
        role,
        { enumerable: true, get: () => chosen(round.samples[role] as Tensor) },
      ]),
    ),
  );
  // What is read by getters stays lazy.
  return Object.create(round, {
    real: { get: () => chosen(round.real) },
    fake: { get: () => chosen(round.fake) },
    samples: { value: samples },
  }) as Round;
}
