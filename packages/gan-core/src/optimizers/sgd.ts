import { add, mul, sub } from '@tensorflow/tfjs-core';
import { assertDecay, assertKnownOptions } from '../checks.js';
import type { Optimizer, Rate } from '../optimizer.js';
import { assertRate, rateAt } from '../rates.js';
import { updateEach, zeroSlots } from './slots.js';

/**
 * Stochastic gradient descent, with momentum if asked for, as `torch.optim.SGD` defines it (the learning rate outside
 * of the velocity):
 *
 *     velocity = momentum * velocity + g
 *     p = p - learningRate * velocity                       (plain)
 *     p = p - learningRate * (g + momentum * velocity)      (Nesterov)
 *
 * State: `<parameter>/velocity`; none without momentum.
 *
 * @param options.learningRate 0 or above, or a function of the number of the update, from 1.
 * @param options.momentum In [0, 1); 0 unless said.
 * @param options.nesterov False unless said; wants momentum.
 * @throws TypeError if an option is out of its range or unknown.
 * @see Sutskever, Martens, Dahl, Hinton (2013), "On the importance of initialization and momentum in deep learning".
 */
export function sgd(options: {
  readonly learningRate: Rate;
  readonly momentum?: number;
  readonly nesterov?: boolean;
}): Optimizer {
  assertKnownOptions('sgd', options, ['learningRate', 'momentum', 'nesterov']);
  const { learningRate, momentum = 0, nesterov = false } = options;
  assertRate('learningRate', learningRate);
  assertDecay('momentum', momentum);
  if (nesterov && momentum === 0) throw new TypeError('nesterov wants a momentum above 0, but momentum is 0');
  const slots = momentum > 0 ? (['velocity'] as const) : ([] as const);
  return {
    name: 'sgd',
    init: (parameters) => zeroSlots(parameters, slots),
    update: (step) => {
      const rate = rateAt('learningRate', learningRate, step.update);
      return updateEach<'velocity'>(step, slots, (value, gradient, { velocity: before }) => {
        const velocity = before ? add(mul(before, momentum), gradient) : gradient;
        const direction = nesterov ? add(gradient, mul(velocity, momentum)) : velocity;
        return { value: sub(value, mul(direction, rate)), velocity };
      });
    },
  };
}
