import type { GradSaveFunc, Tensor } from '@tensorflow/tfjs-core';
import { copyOf, type Recorder } from './recorder.js';

type Custom = (...inputsAndSave: (Tensor | GradSaveFunc)[]) => {
  readonly value: Tensor;
  readonly gradFunc: (dy: Tensor, saved: Tensor[]) => Tensor | Tensor[];
};

/**
 * `customGrad` that can be differentiated again, whatever its gradient keeps.
 *
 * TensorFlow.js records nothing of what happens inside, so that a kept value, such as the logarithm of the softmax of
 * `softmaxCrossEntropy`, is a constant to it. Here the inside is recorded like anything else, and its result is given
 * away under another name: it leads back through the gradient given, and what was kept through its own ops.
 */
export function customGradients(recorder: Recorder): (f: Custom) => (...inputs: Tensor[]) => Tensor {
  const stock = (recorder.customGrad as (f: Custom) => (...inputs: Tensor[]) => Tensor).bind(recorder);
  return (f) => {
    const plain = stock(f);
    // Of no inputs it is a way of recording nothing at all.
    return (...inputs) => (inputs.length > 0 && recorder.isTapeOn() ? taped(recorder, f, inputs) : plain(...inputs));
  };
}

function taped(recorder: Recorder, f: Custom, inputs: Tensor[]): Tensor {
  const { state } = recorder;
  const saved: Tensor[] = [];
  const outputs: number[] = [];
  const { result, gradFunc } = recorder.tidy('customGrad', () => {
    let kept: readonly Tensor[] = [];
    const save: GradSaveFunc = (tensors) => {
      kept = tensors;
    };
    const { value, gradFunc } = f(...inputs, save);
    if (!(value?.dataId && typeof gradFunc === 'function'))
      throw new TypeError('the function given to customGrad must return { value, gradFunc }, a tensor and a function');
    kept.forEach((tensor, i) => {
      if (tensor === value) outputs.push(i);
      else saved[i] = recorder.keep(copyOf(tensor));
    });
    const begin = () => state.kernelDepth++;
    const end = () => state.kernelDepth--;
    return { result: recorder.scopedRun(begin, end, () => copyOf(value)), gradFunc };
  });
  const backward = (dy: Tensor, kept: readonly Tensor[]) => {
    const gradients = [gradFunc(dy, [...kept])].flat();
    if (gradients.length !== inputs.length)
      throw new TypeError(
        `gradFunc must return ${inputs.length} gradients, one an input, but gave ${gradients.length}`,
      );
    return Object.fromEntries(gradients.map((gradient, i) => [i, () => gradient]));
  };
  recorder.addTapeNode('customGrad', Object.fromEntries(inputs.entries()), [result], backward, saved, {});
  for (const i of outputs) saved[i] = recorder.keep(copyOf(result));
  return result;
}
