import { aten } from './call.js';
import { type Handle, scope } from './handle.js';
import { download, upload } from './memory.js';
import { inPrecision, type Precision } from './precision.js';
import { TorchError } from './torch-error.js';

const prelu = aten('_prelu_kernel');
const adam = aten('_fused_adam_');
const adamDecoupled = aten('_fused_adamw_');
const normalise = aten('native_batch_norm');
const normaliseBackward = aten('native_batch_norm_backward');

const vector = (...values: number[]): Handle => upload(Float32Array.from(values), [values.length], 'float32');

/** One step of 0.1 from 1 along a gradient of 2, where m = 0 and v = 0: Adam's first step is the rate times the sign. */
const stepped = (step: typeof adam, weightDecay: number): Handle => {
  const [p, g, m, v] = [vector(1), vector(2), vector(0), vector(0)] as const;
  // In float32 itself whatever the precision, as the kernel of the step has it.
  const t = inPrecision('float32', () => vector(1));
  step([p], [g], [m], [v], [], [t], 0.1, 0.9, 0.999, weightDecay, 1e-8, false, false, null, null);
  return p;
};

/** Two values 1 and 3 of one channel: mean 2, variance 1. */
const batch = (): Handle => upload(Float32Array.of(1, 3), [2, 1], 'float32');

/** What is not promised to stay from one version to the next, with what it has to give, worked out by hand. */
const promises: readonly (readonly [name: string, call: () => Handle, expected: readonly number[]])[] = [
  ['_prelu_kernel', () => prelu(vector(-2, 3), vector(0.5)), [-1, 3]],
  ['_fused_adam_', () => stepped(adam, 0), [0.9]],
  // 1 * (1 - 0.1 * 0.5) - 0.1
  ['_fused_adamw_', () => stepped(adamDecoupled, 0.5), [0.85]],
  ['native_batch_norm', () => normalise(batch(), vector(2), vector(1), null, null, true, 0, 0)[0], [-1, 3]],
  // A gradient along the normalised values themselves, -1 and 1, goes into the scale alone.
  [
    'native_batch_norm_backward',
    () => {
      const dy = upload(Float32Array.of(-1, 1), [2, 1], 'float32');
      const saved = [vector(2), vector(1)] as const;
      return normaliseBackward(dy, batch(), vector(1), null, null, ...saved, true, 0, [true, true, true])[1];
    },
    [2],
  ],
];

/**
 * Tries the operators that libtorch does not promise to keep, in one precision.
 *
 * @throws TorchError naming the first one that is gone or gives something else.
 */
export function probe(version: string, precision: Precision): void {
  for (const [name, call, expected] of promises) {
    const values = inPrecision(precision, () => scope(() => [...download(call(), 'float32')]));
    if (
      values.length !== expected.length ||
      values.some((value, index) => !(Math.abs(value - expected[index]!) < 1e-5))
    )
      throw new TorchError(`aten::${name} of libtorch ${version} gives ${values} where ${expected} is expected`, {
        operator: name,
      });
  }
}
