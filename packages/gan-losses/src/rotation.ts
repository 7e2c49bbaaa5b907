import { assertCount, assertKnownOptions, assertNotNegative, defineTerm, type Tensors } from '@gan/core';
import { concat, mul, reverse, slice, type Tensor, tensor1d, transpose } from '@tensorflow/tfjs-core';
import { batchOf } from './batch-of.js';
import { crossEntropy } from './cross-entropy.js';

/** Options of `rotation`. */
export interface RotationOptions {
  /** How many samples of a batch are turned, from its start; all unless said. The judge sees each of them four times. */
  readonly count?: number;
  /** The strength of the generator's side, alpha in the paper, where it is 0.2 to the judge's 1, and so here unless said. */
  readonly generator?: number;
}

/**
 * Rotation self-supervision (SSGAN): the judge says by how many quarters a picture was turned, of real pictures, and the
 * generator makes pictures whose turn it can tell,
 *
 *     discriminator:              mean over x, r of -log q(r | real turned by r)        with  q = softmax of the logits
 *     generator:      generator * mean over x, r of -log q(r | fake turned by r)        and   r = 0, 1, 2, 3 quarters
 *
 * The turned pictures go through the judge in one batch, beside the judge's other inputs as they were.
 *
 * @returns A term with both sides that reads `rotation`, four logits; where they are the same it is log 4 and generator log 4.
 * @throws TypeError if `count` is no count or `generator` is negative; when it is played, if samples are no square pictures
 *   `[batch, side, side, channels]` or the head does not have four logits.
 * @see Chen et al. (2019), arXiv:1811.11212, equations 3 and 4.
 */
export function rotation(options: RotationOptions = {}) {
  assertKnownOptions('rotation', options, ['count', 'generator']);
  const { count, generator = 0.2 } = options;
  if (count !== undefined) assertCount('count', count);
  assertNotNegative('generator', generator);
  const told = (judge: (inputs: Tensors) => Tensors<'rotation'>, inputs: Tensors): Tensor => {
    const some = Object.fromEntries(
      Object.entries(inputs).map(([name, all]) => [
        name,
        count === undefined || count >= all.shape[0]! ? all : slice(all, 0, count),
      ]),
    );
    const turned = Object.fromEntries(
      Object.entries(some).map(([name, upright]) => [
        name,
        concat(name === 'sample' ? turns(upright) : [upright, upright, upright, upright], 0),
      ]),
    );
    const logits = judge(turned).rotation;
    if (logits.shape.at(-1) !== 4)
      throw new TypeError(`rotation wants 4 logits of the head 'rotation', but it has ${logits.shape.at(-1)}`);
    const size = batchOf(some);
    const quarters = tensor1d(
      Array.from({ length: 4 * size }, (_, i) => Math.floor(i / size)),
      'int32',
    );
    return crossEntropy(logits, quarters);
  };
  return defineTerm({
    name: 'rotation',
    reads: { rotation: 'logits' },
    discriminator: ({ samples, judge }) => told(judge, samples.real),
    generator: ({ samples, judge }) => mul(told(judge, samples.fake), generator),
  });
}

/** Pictures turned by 0 to 3 quarters, against the clock. */
function turns(pictures: Tensor): Tensor[] {
  const [, height, width] = pictures.shape;
  if (pictures.rank !== 4 || height !== width)
    throw new TypeError(`rotation turns square pictures, but a sample is ${pictures.shape.slice(1).join('x')}`);
  const sideways = transpose(pictures, [0, 2, 1, 3]);
  return [pictures, reverse(sideways, 1), reverse(pictures, [1, 2]), reverse(sideways, 2)];
}
