import {
  add,
  logSoftmax,
  losses,
  mul,
  neg,
  sum,
  Tensor,
  type TensorLike,
  tensor,
  tidy,
  util,
} from '@tensorflow/tfjs-core';
import { float } from './shapes-of.js';

type SoftmaxCrossEntropy = (typeof losses)['softmaxCrossEntropy'];

let replaced = false;

/**
 * Writes `losses.softmaxCrossEntropy` with `logSoftmax`: the gradient of the stock one at the labels is that at the
 * scores with its sign changed, where it is -log(softmax). Where the losses cannot be replaced (a bundle of ES modules)
 * it stays.
 */
export function replaceSoftmaxCrossEntropy(): void {
  if (replaced || !Object.getOwnPropertyDescriptor(losses, 'softmaxCrossEntropy')?.writable) return;
  replaced = true;
  (losses as { softmaxCrossEntropy: SoftmaxCrossEntropy }).softmaxCrossEntropy = ((
    labels,
    logits,
    weights,
    labelSmoothing = 0,
    reduction,
  ) =>
    tidy(() => {
      const [y, x] = [asTensor('onehotLabels', labels), asTensor('logits', logits)];
      const w = weights == null ? weights : asTensor('weights', weights);
      util.assertShapesMatch(y.shape, x.shape, 'Error in softmaxCrossEntropy: ');
      const smoothed = labelSmoothing > 0 ? add(mul(y, 1 - labelSmoothing), labelSmoothing / y.shape[1]!) : y;
      return losses.computeWeightedLoss(neg(sum(mul(smoothed, logSoftmax(x)), -1)), w, reduction);
    })) as SoftmaxCrossEntropy;
}

function asTensor(name: string, values: Tensor | TensorLike): Tensor {
  if (values instanceof Tensor) return float(values);
  if (typeof values === 'number' || Array.isArray(values) || util.isTypedArray(values)) return float(tensor(values));
  throw new TypeError(
    `Argument '${name}' passed to 'softmaxCrossEntropy' must be a Tensor or TensorLike, but got '${typeof values}'`,
  );
}
