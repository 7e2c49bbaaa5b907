import { registerGradient, type Tensor } from '@tensorflow/tfjs-core';

/** The saved tensors, by the names asked for, in their order. */
type Saved<Names extends readonly string[]> = { readonly [K in keyof Names]: Tensor };

/**
 * Registers a gradient in place of the one there is.
 *
 * @param kernel The kernel's name.
 * @param saves Which of its inputs the gradient needs.
 * @param backward From the gradient of the output to those of the inputs by name, each computed only when asked for.
 * Written with differentiable ops it can be differentiated again.
 */
export function replaceGradient<const Names extends readonly string[], Attributes = object>(
  kernel: string,
  saves: Names,
  backward: (dy: Tensor, saved: Saved<Names>, attributes: Attributes) => Record<string, () => Tensor>,
): void {
  registerGradient({ kernelName: kernel, inputsToSave: [...saves], gradFunc: backward as never });
}

/**
 * The same for a kernel of one input `x` whose gradient is easier from its output `y`; it is given both. The tape must
 * be mended (`mendTape`).
 */
export function replaceGradientOfOutput<Attributes = object>(
  kernel: string,
  backward: (dy: Tensor, saved: { readonly x: Tensor; readonly y: Tensor }, attributes: Attributes) => Tensor,
): void {
  registerGradient({
    kernelName: kernel,
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, [x, y], attributes) => ({
      x: () => backward(dy as Tensor, { x: x!, y: y! }, attributes as Attributes),
    }),
  });
}
