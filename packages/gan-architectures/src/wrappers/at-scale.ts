import { assertKnownOptions, type Network, type Ports, type Shape, shown, type Tensors } from '@gan/core';
import { avgPool, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { assertShape } from '../ports.js';

/** Options of `atScale`. */
export interface ScaleOptions<S extends Shape> {
  /** The shape of what it is to judge, whose sides are so many times those that the judge sees. */
  readonly sample: S;
}

/**
 * A judge that sees pictures smaller than they are, by the mean of each square of places, and so judges what is large in
 * them: `atScale(dcganDiscriminator({ sample: [16, 16, 3] }), { sample: [32, 32, 3] })`. Judges at several scales make a
 * `jury`, or are networks of a `game()`.
 *
 * Unlike the paper, whose means are of 3 x 3 places that overlap, squares lie side by side.
 *
 * @returns A network with the weights of the judge, that takes `sample` of the shape given.
 * @throws TypeError if that shape is not the judge's, so many times as high and wide.
 * @see Wang et al. (2018), arXiv:1711.11585, section 3.2.
 */
export function atScale<I extends Ports & { readonly sample: Shape }, O extends Ports, const S extends Shape>(
  judge: Network<I, O>,
  options: ScaleOptions<S>,
): Network<Omit<I, 'sample'> & { readonly sample: S }, O> {
  assertKnownOptions('atScale', options, ['sample']);
  const { sample } = options;
  assertShape('sample', sample);
  const seen: Shape = judge.inputs.sample;
  const [height = 0, width = 0, channels] = sample;
  const factor = height / (seen[0] ?? 0);
  if (
    sample.length !== 3 ||
    seen.length !== 3 ||
    !Number.isInteger(factor) ||
    width !== factor * seen[1]! ||
    channels !== seen[2]
  )
    throw new TypeError(
      `the judge sees ${shown(seen)}, which ${shown(sample)} does not come down to by means of squares`,
    );
  return {
    ...judge,
    inputs: { ...judge.inputs, sample },
    apply: (weights, given, mode) =>
      tidy(() => {
        const small = avgPool(given['sample'] as Tensor4D, factor, factor, 'valid');
        return judge.apply(weights, { ...given, sample: small } as Tensors, mode);
      }),
  };
}
