import { engine, type Tensor, version_core } from '@tensorflow/tfjs-core';

type NamedTensors = Record<string, Tensor | null | undefined>;

interface TapeNode {
  readonly inputs: NamedTensors;
  readonly outputs: readonly Tensor[];
}

/** The part of TensorFlow.js's engine that records gradients; private there, the same since 1.0. */
interface Recorder {
  readonly state: { readonly activeTape: TapeNode[] };
  addTapeNode(
    kernel: string,
    inputs: NamedTensors,
    outputs: readonly Tensor[],
    gradient: unknown,
    saved: readonly Tensor[],
    attributes: unknown,
  ): void;
  saveTensorsForBackwardMode(tensors: readonly (Tensor | null | undefined)[]): Tensor[];
}

const mended = new WeakSet<Recorder>();

/**
 * Makes the tape of TensorFlow.js right for gradients of gradients.
 *
 * What an op saves for its gradient is copied, and the copy recorded, before the op itself. A saved *output* is then
 * the copy of something that nothing has produced yet, so the second derivative of x tanh(x) lacks a part (1.269 for
 * 0.732 at x = 0.7). Here such a copy is recorded after its op, which mends every kernel and every `customGrad` that
 * saves what it returns. A `customGrad` that saves a value computed inside it cannot be mended: differentiating its
 * gradient throws a sentence instead of giving a wrong number. Optional inputs that are absent (a batch normalisation
 * without a scale) are neither saved nor recorded, where TensorFlow.js fails on them.
 *
 * Calling it again does nothing.
 *
 * @throws Error if this version of TensorFlow.js records its tape in another way.
 */
export function mendTape(): void {
  const recorder = engine() as unknown as Recorder;
  if (mended.has(recorder)) return;
  if (typeof recorder.addTapeNode !== 'function' || typeof recorder.saveTensorsForBackwardMode !== 'function')
    throw new Error(`@tensorflow/tfjs-core ${version_core} keeps its tape in another way than 4.22 does`);
  const save = recorder.saveTensorsForBackwardMode.bind(recorder);
  const record = recorder.addTapeNode.bind(recorder);

  recorder.saveTensorsForBackwardMode = (tensors) => save(tensors.filter((tensor) => tensor != null));
  recorder.addTapeNode = (kernel, inputs, outputs, gradient, saved, attributes) => {
    const tape = recorder.state.activeTape;
    const present = withoutAbsent(inputs);
    if (!areMisplaced(saved, tape, outputs)) return record(kernel, present, outputs, gradient, saved, attributes);
    const copies = tape.splice(-saved.length);
    const later = copies.filter((copy) => outputs.includes(sourceOf(copy)));
    const earlier = copies.filter((copy) => !later.includes(copy));
    for (const copy of earlier)
      if (sourceOf(copy).isDisposed)
        record(`${kernel} (inside)`, present, [sourceOf(copy)], () => refuse(kernel), [], {});
    tape.push(...earlier);
    record(kernel, present, outputs, gradient, saved, attributes);
    tape.push(...later);
  };
  mended.add(recorder);
}

const sourceOf = (copy: TapeNode): Tensor => copy.inputs['x']!;

/** Whether the nodes that copy what is saved, the last on the tape, copy an output or a value that is gone already. */
function areMisplaced(saved: readonly Tensor[], tape: readonly TapeNode[], outputs: readonly Tensor[]): boolean {
  const start = tape.length - saved.length;
  let misplaced = false;
  for (let i = 0; i < saved.length; i++) {
    const copy = tape[start + i];
    if (copy?.outputs[0] !== saved[i]) return false;
    misplaced ||= outputs.includes(sourceOf(copy!)) || sourceOf(copy!).isDisposed;
  }
  return misplaced;
}

function withoutAbsent(inputs: NamedTensors): NamedTensors {
  for (const name in inputs)
    if (inputs[name] == null) return Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor != null));
  return inputs;
}

function refuse(kernel: string): never {
  throw new Error(
    `The gradient of '${kernel}' keeps a value computed inside it and cannot be differentiated again: ` +
      'write it with plain ops, or let its customGrad save only inputs and outputs',
  );
}
