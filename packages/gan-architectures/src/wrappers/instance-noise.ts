import { assertKnownOptions, assertNotNegative, type Network, type Ports } from '@gan/core';
import { add, mul, tidy } from '@tensorflow/tfjs-core';

/** Options of `instanceNoise`. */
export interface InstanceNoiseOptions {
  /** The standard deviation of the noise, fixed or by the number of the step, from 0. */
  readonly deviation: number | ((step: number) => number);
}

/**
 * A judge that sees all samples, real and fake, through noise, so that their distributions overlap,
 *
 *     D(x + deviation * noise),    noise ~ normal
 *
 * as in `instanceNoise(judge, { deviation: (step) => 0.1 * Math.max(0, 1 - step / 10_000) })`. Each sample has noise of
 * its own in every application; class ids have none. There is none in inference.
 *
 * @returns A network with the ports and weights of the judge.
 * @throws TypeError if the deviation is not a finite number of at least 0 (by step: when it is applied).
 * @see Sønderby et al. (2017), arXiv:1610.04490, section 3.2; Arjovsky, Bottou (2017), arXiv:1701.04862, section 3.
 */
export function instanceNoise<I extends Ports, O extends Ports>(
  judge: Network<I, O>,
  options: InstanceNoiseOptions,
): Network<I, O> {
  assertKnownOptions('instanceNoise', options, ['deviation']);
  const { deviation } = options;
  if (typeof deviation !== 'function') assertNotNegative('deviation', deviation);
  return {
    ...judge,
    apply: (weights, inputs, mode) => {
      if (!mode.training) return judge.apply(weights, inputs, mode);
      const now = typeof deviation === 'function' ? deviation(mode.step ?? 0) : deviation;
      assertNotNegative('deviation', now);
      return tidy(() => {
        const seen = Object.entries(inputs).map(([name, of]) => {
          if (of.dtype !== 'float32' || now === 0) return [name, of] as const;
          const noise = mode.random.stream('instance noise', name).normal(of.shape);
          return [name, add(of, mul(noise, now))] as const;
        });
        return judge.apply(weights, Object.fromEntries(seen), mode);
      });
    },
  };
}
