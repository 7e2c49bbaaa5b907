import { add, div, mul, relu, square, sub } from '@tensorflow/tfjs-core';
import { assertDecay, assertKnownOptions, assertNotNegative } from '../checks.js';
import type { Optimizer, Rate } from '../optimizer.js';
import { assertRate, rateAt } from '../rates.js';
import { rootOf, updateEach, zeroSlots } from './slots.js';

/**
 * RMSProp, as `torch.optim.RMSprop` defines it (epsilon outside of the square root, averages from zero):
 *
 *     second = decay * second + (1 - decay) * g^2
 *     first = decay * first + (1 - decay) * g                      (only if centered)
 *     scale = sqrt(second) + epsilon, or sqrt(max(0, second - first^2)) + epsilon if centered
 *     velocity = momentum * velocity + g / scale
 *     p = p - learningRate * velocity
 *
 * Unlike PyTorch, a variance that float32 rounds below 0 counts as 0 instead of making NaN.
 *
 * State: `<parameter>/second`, with `centered` also `/first`, with momentum also `/velocity`.
 *
 * @param options.learningRate 0 or above, or a function of the number of the update, from 1.
 * @param options.decay In [0, 1); 0.99 unless said.
 * @param options.epsilon 0 or above; 1e-8 unless said.
 * @param options.momentum In [0, 1); 0 unless said.
 * @param options.centered False unless said.
 * @throws TypeError if an option is out of its range or unknown.
 * @see Tieleman, Hinton (2012), Coursera lecture 6.5; Graves (2013), arXiv:1308.0850, for the centred form.
 */
export function rmsProp(options: {
  readonly learningRate: Rate;
  readonly decay?: number;
  readonly epsilon?: number;
  readonly momentum?: number;
  readonly centered?: boolean;
}): Optimizer {
  assertKnownOptions('rmsProp', options, ['learningRate', 'decay', 'epsilon', 'momentum', 'centered']);
  const { learningRate, decay = 0.99, epsilon = 1e-8, momentum = 0, centered = false } = options;
  assertRate('learningRate', learningRate);
  assertDecay('decay', decay);
  assertNotNegative('epsilon', epsilon);
  assertDecay('momentum', momentum);
  const slots = [
    'second' as const,
    ...(centered ? ['first' as const] : []),
    ...(momentum > 0 ? ['velocity' as const] : []),
  ];
  return {
    name: 'rmsProp',
    init: (parameters) => zeroSlots(parameters, slots),
    update: (step) => {
      const rate = rateAt('learningRate', learningRate, step.update);
      return updateEach(step, slots, (value, gradient, before) => {
        const second = add(mul(before.second, decay), mul(square(gradient), 1 - decay));
        const first = centered ? add(mul(before.first, decay), mul(gradient, 1 - decay)) : second;
        const spread = centered ? relu(sub(second, square(first))) : second;
        const scaled = div(gradient, add(rootOf(spread), epsilon));
        const velocity = momentum > 0 ? add(mul(before.velocity, momentum), scaled) : scaled;
        return { value: sub(value, mul(velocity, rate)), first, second, velocity };
      });
    },
  };
}
