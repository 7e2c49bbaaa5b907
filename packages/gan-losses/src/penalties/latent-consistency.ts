import {
  assertKnownOptions,
  assertNotNegative,
  assertPositive,
  defineTerm,
  type Maker,
  type Random,
  type Tensors,
} from '@gan/core';
import { add, mean, mul, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { variedInput } from './varied-input.js';

/** Options of `latentConsistency`. */
export interface LatentConsistencyOptions {
  /** Strength for the judge, lambda_dis in the paper, where it is 5. */
  readonly discriminator: number;
  /** Strength for the generator, lambda_gen in the paper, where it is 0.5. */
  readonly generator: number;
  /** The standard deviation of the step in the latent space; 0.03 in the paper for small pictures. */
  readonly noise: number;
  /** The generator's input that is moved; `styles` if it takes those, else `latents`, unless said. */
  readonly input?: string;
}

/**
 * Latent consistency regularisation (zCR): a small step in the latent space should show in the fake, but not in the judge's
 * score of it,
 *
 *     discriminator:  weight_d * mean (D(G(z)) - D(G(z + e)))^2
 *     generator:     -weight_g * mean (G(z) - G(z + e))^2        e ~ noise * normal
 *
 * Unlike the paper, the generator's side is the mean over all numbers of a sample, not their sum, so that a weight means
 * the same for samples of any size.
 *
 * @returns A term with both sides, bound to `fake`, which reads a linear `score`; a side of strength 0 is left out.
 * @throws TypeError if a strength is negative or both are 0, or `noise` is not a positive finite number; when it is
 *   played, if the generator does not take the input.
 * @see Zhao et al. (2020), arXiv:2002.04724, section 3.
 */
export function latentConsistency(options: LatentConsistencyOptions) {
  assertKnownOptions('latentConsistency', options, ['discriminator', 'generator', 'noise', 'input']);
  const { noise, input } = options;
  const weights = { discriminator: options.discriminator, generator: options.generator };
  for (const [name, weight] of Object.entries(weights)) assertNotNegative(name, weight);
  if (weights.discriminator === 0 && weights.generator === 0)
    throw new TypeError('discriminator and generator are both 0: latentConsistency would do nothing');
  assertPositive('noise', noise);
  const gap = (one: Tensor, other: Tensor): Tensor => mean(square(sub(one, other)));
  return defineTerm({
    name: 'latent-consistency',
    reads: { score: 'linear' },
    samples: ['fake'],
    discriminator:
      weights.discriminator === 0
        ? undefined
        : ({ samples, fake, judge, maker, random }) => {
            const near = nearby(maker('fake'), input, noise, random);
            return mul(gap(fake.score, judge({ ...samples.fake, sample: near }).score), weights.discriminator);
          },
    generator:
      weights.generator === 0
        ? undefined
        : ({ samples, maker, random }) =>
            mul(gap(samples.fake['sample']!, nearby(maker('fake'), input, noise, random)), -weights.generator),
  });
}

/** What the generator makes a small step away. */
function nearby(maker: Maker, named: string | undefined, noise: number, random: Random): Tensor {
  const input = variedInput('latent-consistency', maker, named);
  const at = maker.inputs[input]!;
  const moved: Tensors = { ...maker.inputs, [input]: add(at, mul(random.normal(at.shape), noise)) };
  return maker.apply(moved)[maker.output]!;
}
