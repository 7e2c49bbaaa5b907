import { assertKnownOptions, assertNotNegative, defineTerm, type Tensors } from '@gan/core';
import { concat, mul, reverse, slice, type Tensor, tensor1d, transpose } from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';

/** Options of `rotation`. */
export interface RotationOptions {
  /**
   * The strength of the generator's side, alpha in the paper, where it is 0.2 to the judge's 1, and so here unless
   * said.
   */
  readonly generator?: number;
}

/**
 * Rotation self-supervision (SSGAN): the judge says by how many quarters a picture was turned, of real pictures, and
 * the generator makes pictures whose turn it can tell,
 *
 *     discriminator:              mean -log q(r | real turned by r)        with  q = softmax of the logits
 *     generator:      generator * mean -log q(r | fake turned by r)        and   r = 0, 1, 2 or 3 quarters
 *
 * A quarter of the batch is turned each way, and goes through the judge once more; the i-th of n pictures by floor(4 i
 * / n).
 *
 * Unlike the paper, which turns a quarter of the pictures in all four ways, each picture is turned in one.
 *
 * @returns A term with both sides that reads `rotation`, four logits; where they are the same it is log 4 and
 *   generator log 4.
 * @throws TypeError if `generator` is negative; when it is played, if samples are no square pictures
 *   `[batch, side, side, channels]`, fewer than four, or the head does not have four logits.
 * @see Chen et al. (2019), arXiv:1811.11212, section 3.
 */
export function rotation(options: RotationOptions = {}) {
  assertKnownOptions('rotation', options, ['generator']);
  const { generator = 0.2 } = options;
  assertNotNegative('generator', generator);
  const told = (judge: (inputs: Tensors) => Tensors<'rotation'>, inputs: Tensors): Tensor => {
    const pictures = inputs['sample']!;
    assertTurnable(pictures);
    const logits = judge({ ...inputs, sample: turned(pictures) }).rotation;
    if (logits.shape.at(-1) !== 4)
      throw new TypeError(`rotation wants 4 logits of the head 'rotation', but it has ${logits.shape.at(-1)}`);
    const count = pictures.shape[0]!;
    const quarters = Array.from({ length: count }, (_, i) => Math.floor((4 * i) / count));
    return crossEntropy(logits, tensor1d(quarters, 'int32'));
  };
  return defineTerm({
    name: 'rotation',
    reads: { rotation: 'logits' },
    discriminator: ({ samples, judge }) => told(judge, samples.real),
    generator: ({ samples, judge }) => mul(told(judge, samples.fake), generator),
  });
}

/** A quarter of the pictures each way, against the clock. */
function turned(pictures: Tensor): Tensor {
  const [count] = pictures.shape as [number];
  const ways: readonly ((upright: Tensor) => Tensor)[] = [
    (upright) => upright,
    (upright) => reverse(transpose(upright, [0, 2, 1, 3]), 1),
    (upright) => reverse(upright, [1, 2]),
    (upright) => reverse(transpose(upright, [0, 2, 1, 3]), 2),
  ];
  const start = (quarter: number): number => Math.ceil((quarter * count) / 4);
  const parts = ways.map((way, r) => way(slice(pictures, start(r), start(r + 1) - start(r))));
  return concat(parts, 0);
}

function assertTurnable({ rank, shape: [count, height, width, ...rest] }: Tensor): void {
  if (rank !== 4 || height !== width)
    throw new TypeError(
      `rotation turns square pictures, but a sample is ${[height, width, ...rest].filter(Boolean).join('x')}`,
    );
  if (count! < 4) throw new TypeError(`rotation turns a quarter of a batch each way, but the batch has ${count}`);
}
