import { add, div, mul, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { assertDecay, assertKnownOptions, assertNotNegative } from '../checks.js';
import { currentEngine, type FusedAdam } from '../engine.js';
import { recording } from '../gradients.js';
import type { Optimizer, Rate } from '../optimizer.js';
import { assertRate, rateAt } from '../rates.js';
import { rootOf, tensorOf, updateEach, zeroSlots } from './slots.js';

/** What both Adams take. */
export interface AdamOptions {
  readonly learningRate: Rate;
  readonly beta1?: Rate;
  readonly beta2?: Rate;
  readonly epsilon?: number;
}

/**
 * Adam, as `torch.optim.Adam` defines it (epsilon outside of the square root, after the bias correction):
 *
 *     first = beta1 * first + (1 - beta1) * g
 *     second = beta2 * second + (1 - beta2) * g^2
 *     p = p - learningRate * (first / (1 - beta1^t)) / (sqrt(second / (1 - beta2^t)) + epsilon)
 *
 * The bias corrections are computed in float64 on the host, from the betas of this update. Fused where the engine can,
 * unless the update itself is differentiated.
 * State: `<parameter>/first` and `<parameter>/second`.
 *
 * Each rate is a number, or a function of the number of the update t, from 1.
 *
 * @param options.learningRate 0 or above.
 * @param options.beta1 In [0, 1); 0.9 unless said. Many GANs want 0 or 0.5.
 * @param options.beta2 In [0, 1); 0.999 unless said.
 * @param options.epsilon 0 or above; 1e-8 unless said.
 * @throws TypeError if an option is out of its range or unknown.
 * @see Kingma, Ba (2015), arXiv:1412.6980, algorithm 1.
 */
export function adam(options: AdamOptions): Optimizer {
  assertKnownOptions('adam', options, ['learningRate', 'beta1', 'beta2', 'epsilon']);
  return decoupled('adam', options, 0);
}

/**
 * Adam with decoupled weight decay, as `torch.optim.AdamW` defines it: before Adam's step,
 *
 *     p = p - learningRate * weightDecay * p
 *
 * The other options are those of `adam`, and so is the state.
 *
 * @param options.weightDecay 0 or above; 0.01 unless said.
 * @throws TypeError if an option is out of its range or unknown.
 * @see Loshchilov, Hutter (2019), arXiv:1711.05101, algorithm 2.
 */
export function adamW(options: AdamOptions & { readonly weightDecay?: Rate }): Optimizer {
  assertKnownOptions('adamW', options, ['learningRate', 'beta1', 'beta2', 'epsilon', 'weightDecay']);
  const { weightDecay = 0.01 } = options;
  assertRate('weightDecay', weightDecay);
  return decoupled('adamW', options, weightDecay);
}

const slots = ['first', 'second'] as const;

function decoupled(
  name: string,
  { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions,
  weightDecay: Rate,
): Optimizer {
  assertRate('learningRate', learningRate);
  assertRate('beta1', beta1, assertDecay);
  assertRate('beta2', beta2, assertDecay);
  assertNotNegative('epsilon', epsilon);
  return {
    name,
    init: (parameters) => zeroSlots(parameters, slots),
    update: (step) => {
      const { update } = step;
      const constants = {
        learningRate: rateAt('learningRate', learningRate, update),
        beta1: rateAt('beta1', beta1, update, assertDecay),
        beta2: rateAt('beta2', beta2, update, assertDecay),
        epsilon,
        weightDecay: rateAt('weightDecay', weightDecay, update),
      };
      const fused = recording() ? undefined : currentEngine()?.adam;
      return fused ? inOneCall(fused, step, constants) : inOps(step, constants);
    },
  };
}

type Step = Parameters<Optimizer['update']>[0];
type Constants = Omit<Parameters<FusedAdam>[0], 'parameters' | 'gradients' | 'first' | 'second' | 'update'>;

function inOneCall(fused: FusedAdam, { parameters, gradients, state, update }: Step, constants: Constants) {
  const names = Object.keys(parameters);
  const result = fused({
    ...constants,
    update,
    parameters: Object.values(parameters),
    gradients: names.map((name) => tensorOf('gradient', gradients, name)),
    first: names.map((name) => tensorOf('state', state, `${name}/first`)),
    second: names.map((name) => tensorOf('state', state, `${name}/second`)),
  });
  const named = (slot: string, tensors: readonly Tensor[]) => names.map((name, i) => [`${name}${slot}`, tensors[i]!]);
  return {
    parameters: Object.fromEntries(named('', result.parameters)),
    state: Object.fromEntries([...named('/first', result.first), ...named('/second', result.second)]),
  };
}

function inOps(step: Step, { learningRate, beta1, beta2, epsilon, weightDecay }: Constants) {
  const rate = learningRate / (1 - beta1 ** step.update);
  const correction = 1 / Math.sqrt(1 - beta2 ** step.update);
  return updateEach(step, slots, (value, gradient, before) => {
    const first = add(mul(before.first, beta1), mul(gradient, 1 - beta1));
    const second = add(mul(before.second, beta2), mul(square(gradient), 1 - beta2));
    const direction = div(first, add(mul(rootOf(second), correction), epsilon));
    const shrunk = weightDecay > 0 ? mul(value, 1 - learningRate * weightDecay) : value;
    return { value: sub(shrunk, mul(direction, rate)), first, second };
  });
}
