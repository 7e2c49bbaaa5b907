import { cast, logSumExp, mean, mul, oneHot, sub, sum, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The mean of -log softmax(logits) at each sample's class,
 *
 *     mean (log sum_k exp l_k - l_y)
 *
 * @param logits `[batch, classes]`
 * @param classes y, ids `[batch]` in int32 or float32; one out of range is taken for a class of logit 0.
 * @throws TypeError if there are fewer than two logits.
 */
export const crossEntropy = (logits: Tensor, classes: Tensor): Tensor =>
  mean(sub(logSumExp(logits, -1), chosen(logits, classes)));

/** The logit of each sample's class, `[batch]`. */
export const chosen = (logits: Tensor, classes: Tensor): Tensor => sum(mul(logits, classRows(logits, classes)), -1);

/**
 * Each sample's class as a row of zeros and a one, as wide as the logits, `[batch, classes]`.
 *
 * @throws TypeError if there are fewer than two logits.
 */
export function classRows(logits: Tensor, classes: Tensor): Tensor {
  const width = logits.shape.at(-1)!;
  if (width < 2) throw new TypeError(`a class is one of two at least, but the head has ${width} logit`);
  return cast(oneHot(cast(classes, 'int32'), width), 'float32');
}
