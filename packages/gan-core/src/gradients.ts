import { engine, type Scalar, type Tensor, zerosLike } from '@tensorflow/tfjs-core';
import type { Tensors } from './network.js';

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
  if (at.length === 0) return { value: loss(), gradients: [] };
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

/** The gradient of a scalar at tensors by name; zeros where it does not depend on one. */
export function slopesOf(loss: () => Tensor, at: Tensors): Tensors {
  const names = Object.keys(at);
  const slopes = gradients(loss, Object.values(at)).gradients;
  return Object.fromEntries(names.map((name, i) => [name, slopes[i] ?? zerosLike(at[name]!)]));
}

/** Whether what is computed now will be differentiated: a kernel that has no gradient must not be used then. */
export const recording = (): boolean => engine().state.gradientDepth > 0;
