import { engine, type Scalar, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The value of a scalar and its gradient at each tensor, undefined where it does not depend on it. To any order: it may
 * be called inside itself.
 *
 * Unlike `grads` of TensorFlow.js, a loss that throws leaves no tensor behind.
 */
export function gradients(
  loss: () => Tensor,
  at: readonly Tensor[],
): { readonly value: Tensor; readonly gradients: readonly (Tensor | undefined)[] } {
  const { state } = engine();
  try {
    const { value, grads } = engine().gradients(loss as () => Scalar, [...at], undefined as never, true);
    return { value, gradients: grads.map((gradient) => gradient ?? undefined) };
  } catch (error) {
    if (state.gradientDepth === 0 && state.activeTape) {
      for (const { saved } of state.activeTape)
        for (const tensor of saved ?? []) if (!tensor.isDisposed) tensor.dispose();
      (state as { activeTape: unknown }).activeTape = null;
    }
    throw error;
  }
}
