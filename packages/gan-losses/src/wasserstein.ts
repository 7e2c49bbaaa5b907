import { assertKnownOptions, assertPositive, defineTerm, type Tensors } from '@gan/core';
import { clipByValue, mean, neg, sub } from '@tensorflow/tfjs-core';

/** Options of `wasserstein`. */
export interface WassersteinOptions {
  /** The largest absolute value that a parameter of the judge keeps; 0.01 in the paper. Nothing is clipped unless given. */
  readonly clip?: number;
}

/**
 * The Wasserstein loss: a critic whose mean scores differ as much as its slope allows,
 *
 *     discriminator:  mean fake - mean real
 *     generator:     -mean fake
 *
 * The critic's slope needs a bound, or the loss runs away: `gradientPenalty` beside this term, a network normalised in
 * itself, or `clip`, after each of the critic's updates,
 *
 *     w <- min(max(w, -clip), clip)        for every parameter w of the judge, scales and offsets of norms too
 *
 * The paper gives the critic five updates for each of the generator's.
 *
 * @returns A term with both sides that reads a linear `score`; it is 0 where real = fake.
 * @throws TypeError if `clip` is given and not a positive finite number.
 * @see Arjovsky, Chintala, Bottou (2017), arXiv:1701.07875, algorithm 1.
 */
export function wasserstein(options: WassersteinOptions = {}) {
  assertKnownOptions('wasserstein', options, ['clip']);
  const { clip } = options;
  if (clip !== undefined) assertPositive('clip', clip);
  return defineTerm({
    name: 'wasserstein',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => sub(mean(fake.score), mean(real.score)),
    generator: ({ fake }) => neg(mean(fake.score)),
    after: clip === undefined ? undefined : ({ parameters }) => ({ parameters: clipped(parameters, clip) }),
  });
}

const clipped = (parameters: Tensors, bound: number): Tensors =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, clipByValue(value, -bound, bound)]));
