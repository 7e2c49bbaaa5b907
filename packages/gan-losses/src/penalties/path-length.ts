import {
  assertDecay,
  assertKnownOptions,
  assertPositive,
  defineTerm,
  gradients,
  type Maker,
  shown,
  type Tensors,
} from '@gan/core';
import { add, clone, mean, mul, reshape, scalar, slice, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { batchOf } from './batch-of.js';
import { root } from './root.js';
import { variedInput } from './varied-input.js';

/** Options of `pathLength`. */
export interface PathLengthOptions {
  /** Strength; 2 in the paper's code. */
  readonly weight: number;
  /** How much of the running mean an update keeps, in [0, 1); 0.99 unless said. */
  readonly decay?: number;
  /** The part of the batch it is measured on, in (0, 1]; 0.5 unless said. */
  readonly share?: number;
  /** The generator's input that is moved; `styles` if it takes those, else `latents`, unless said. */
  readonly input?: string;
}

/**
 * Path length regularisation: a step of one size in the latent space changes a sample by as much everywhere,
 *
 *     weight * mean over w of (l(w) - a)^2,    l(w) = || J_w^T y ||,  J_w = dG / dw,  y ~ normal / sqrt(pixels)
 *
 * where a is the running mean of l, this batch included: `a = decay * a + (1 - decay) * mean l`, 0 at first. w is
 * `[batch, width]`, or `[batch, layers, width]` with the mean of l^2 over the layers. The gradient goes through a as well,
 * and through whatever w was made by, a mapping network for one. Measured on the first `share` of the batch, at least one
 * sample. Its cost is that of a second pass through the generator: `every(4, pathLength({ weight: 2 }))`, as in the paper.
 *
 * Unlike the paper's code, it has no latents of its own, nor mixes styles, but takes those of the batch.
 *
 * Every operation of the generator must be twice differentiable: `@gan/engine` registers what TensorFlow.js lacks.
 *
 * @returns A term for the generator alone, bound to `fake`, which no judge is asked about. State: `mean`, a scalar.
 * @throws TypeError if `weight` is not a positive finite number, `decay` is outside [0, 1) or `share` outside (0, 1]; when
 *   it is played, if the generator does not take the input.
 * @see Karras et al. (2020), arXiv:1912.04958, equation 4 and appendix B.
 */
export function pathLength(options: PathLengthOptions) {
  assertKnownOptions('pathLength', options, ['weight', 'decay', 'share', 'input']);
  const { weight, decay = 0.99, share = 0.5, input } = options;
  assertPositive('weight', weight);
  assertDecay('decay', decay);
  if (typeof share !== 'number' || !(share > 0 && share <= 1))
    throw new TypeError(`share must be more than 0 and at most 1, but is ${shown(share)}`);
  return defineTerm({
    name: 'path-length',
    reads: {},
    samples: ['fake'],
    init: () => ({ mean: scalar(0) }),
    generator: ({ maker, state, once, random }) => {
      const lengths = lengthsOf(maker('fake'), input, share, random.normal);
      const average = once('mean', () => add(mul(state['mean']!, decay), mul(mean(lengths), 1 - decay)));
      return mul(mean(square(sub(lengths, average))), weight);
    },
    after: ({ state, once }) => ({ state: { mean: clone(once('mean', () => state['mean']!)) } }),
  });
}

/** `|| J_w^T y ||` of some samples, `[samples]`. */
function lengthsOf(
  maker: Maker,
  named: string | undefined,
  share: number,
  normal: (shape: readonly number[]) => Tensor,
): Tensor {
  const input = variedInput('path-length', maker, named);
  const count = Math.max(1, Math.floor(batchOf(maker.inputs) * share));
  const inputs: Tensors = Object.fromEntries(
    Object.entries(maker.inputs).map(([name, value]) => [name, slice(value, 0, count)]),
  );
  // A copy: what depends on w elsewhere on the tape does not count.
  const at = clone(inputs[input]!);
  const moved = (): Tensor => {
    const made = maker.apply({ ...inputs, [input]: at })[maker.output]!;
    const pixels = made.shape.slice(1, -1).reduce((a, b) => a * b, 1);
    return mul(sum(mul(made, normal(made.shape))), 1 / Math.sqrt(pixels));
  };
  const [slope] = gradients(moved, [at]).gradients;
  if (!slope) throw new TypeError(`path-length finds that the samples do not depend on the input ${shown(input)}`);
  return root(mean(reshape(sum(square(slope), -1), [count, -1]), 1));
}
