import { engine, type Tensor, version_core } from '@tensorflow/tfjs-core';

export type NamedTensors = Record<string, Tensor>;

/** Gradients of inputs by name, each computed when it is asked for. */
export type NamedGradients = Record<string, () => Tensor>;

/** What one op left on the tape. */
export interface TapeNode {
  readonly kernelName: string;
  readonly inputs: NamedTensors;
  readonly outputs: readonly Tensor[];
  readonly saved: readonly Tensor[];
  /** From the gradients of the outputs, undefined where the result does not depend on one; absent if it has none. */
  readonly gradient?: (dys: readonly (Tensor | undefined)[]) => NamedGradients;
}

/** The part of TensorFlow.js's engine that records gradients; private there, the same since 1.0. */
export interface Recorder {
  readonly state: {
    activeTape: TapeNode[] | null;
    gradientDepth: number;
    kernelDepth: number;
  };
  addTapeNode: (
    kernel: string,
    inputs: Record<string, Tensor | null | undefined>,
    outputs: readonly Tensor[],
    gradient: ((dy: Tensor, saved: readonly Tensor[]) => NamedGradients) | null,
    saved: readonly Tensor[],
    attributes: unknown,
  ) => void;
  saveTensorsForBackwardMode: (tensors: readonly (Tensor | null | undefined)[]) => readonly Tensor[];
  gradients: unknown;
  customGrad: unknown;
  readonly isTapeOn: () => boolean;
  readonly startTape: () => void;
  readonly endTape: () => void;
  readonly scopedRun: <T>(start: () => void, end: () => void, run: () => T) => T;
  readonly tidy: <T>(name: string, run: () => T) => T;
  readonly keep: (tensor: Tensor) => Tensor;
}

/**
 * The engine of TensorFlow.js, seen as what records gradients.
 *
 * @throws Error if this version of TensorFlow.js records its gradients in another way.
 */
export function recorderOf(): Recorder {
  const recorder = engine() as unknown as Recorder;
  for (const name of ['addTapeNode', 'saveTensorsForBackwardMode', 'gradients', 'customGrad', 'scopedRun'] as const)
    if (typeof recorder[name] !== 'function')
      throw new Error(`@tensorflow/tfjs-core ${version_core} keeps its tape in another way than 4.22 does`);
  return recorder;
}

/** The same numbers in a tensor of its own; on the tape if one is on. */
export const copyOf = (x: Tensor): Tensor => engine().runKernel('Identity', { x });
