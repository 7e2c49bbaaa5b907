import type { Tensor } from '@tensorflow/tfjs-core';
import { backwardPass } from './backward-pass.js';
import { customGradients } from './custom-gradients.js';
import { copyOf, type Recorder, recorderOf } from './recorder.js';

const mended = new WeakSet<Recorder>();

/**
 * Makes the tape of TensorFlow.js right for gradients of gradients.
 *
 * What an op saves for its gradient is copied, and the copy recorded, before the op itself. A saved *output* is then
 * the copy of something that nothing has produced yet, so the second derivative of x tanh(x) lacks a part (1.269 for
 * 0.732 at x = 0.7). Here such a copy is recorded after its op. Optional inputs that are absent (a batch normalisation
 * without a scale) are neither saved nor recorded, where TensorFlow.js fails on them. `customGrad` may keep whatever it
 * likes (`customGradients`), and gradients may be complex (`backwardPass`).
 *
 * Calling it again does nothing.
 *
 * @throws Error if this version of TensorFlow.js records its tape in another way.
 */
export function mendTape(): void {
  const recorder = recorderOf();
  if (mended.has(recorder)) return;
  const record = recorder.addTapeNode.bind(recorder);
  const sources = new WeakMap<readonly Tensor[], readonly Tensor[]>();

  recorder.saveTensorsForBackwardMode = (tensors) => {
    const present = tensors.filter((tensor) => tensor != null);
    const copies = present.map((tensor) => recorder.keep(copyOf(tensor)));
    sources.set(copies, present);
    return copies;
  };
  recorder.addTapeNode = (kernel, inputs, outputs, gradient, saved, attributes) => {
    const from = sources.get(saved) ?? [];
    const recordCopies = (ofOutputs: boolean) => {
      from.forEach((x, i) => {
        if (outputs.includes(x) === ofOutputs) record('Identity', { x }, [saved[i]!], null, [], {});
      });
    };
    recordCopies(false);
    record(kernel, withoutAbsent(inputs), outputs, gradient, saved, attributes);
    recordCopies(true);
  };
  recorder.gradients = backwardPass(recorder);
  recorder.customGrad = customGradients(recorder);
  mended.add(recorder);
}

function withoutAbsent(inputs: Record<string, Tensor | null | undefined>): Record<string, Tensor | null | undefined> {
  for (const name in inputs)
    if (inputs[name] == null) return Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor != null));
  return inputs;
}
