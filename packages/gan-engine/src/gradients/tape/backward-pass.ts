import { add, fill, type Tensor, util } from '@tensorflow/tfjs-core';
import { copyOf, type NamedTensors, type Recorder, type TapeNode } from './recorder.js';

/** The value of a function, and its gradients at tensors; undefined where it does not depend on one. */
interface Gradients {
  readonly value: Tensor;
  readonly grads: readonly (Tensor | undefined)[];
}

/**
 * `engine().gradients`, which all of `grad`, `grads`, `valueAndGrads` and `variableGrads` call, written anew so that
 *
 * - a gradient may be complex, where the tensor is: that of a real loss at z = a + ib is dL/da + i dL/db;
 * - it may be called inside the gradient of an op, where TensorFlow.js loses the tape it is on;
 * - one that throws leaves no tape and no tensors behind.
 */
export function backwardPass(recorder: Recorder) {
  return (f: () => Tensor, xs: readonly Tensor[], dy?: Tensor | null, allowNone = false): Gradients => {
    // `engine().reset()` makes another one.
    const { state } = recorder;
    if (xs.length === 0) throw new Error('gradients() received an empty list of xs.');
    // At depth 0 there is a tape only while another pass walks back over it.
    const isOutermost = state.gradientDepth === 0;
    const interrupted = state.activeTape;
    try {
      const start = () => recorder.startTape();
      const end = () => recorder.endTape();
      const value = recorder.scopedRun(start, end, () => recorder.tidy('forward', f));
      if (!value?.dataId) throw new Error('The result y returned by f() must be a tensor.');
      const way = between(state.activeTape!, xs, value);
      if (!allowNone && way.nodes.length === 0)
        throw new Error(
          'Cannot compute gradient of y=f(x) with respect to x. Make sure that the f you passed encloses all ' +
            'operations that lead from x to y.',
        );
      return recorder.tidy('backward', () => ({ value, grads: back(recorder, way, xs, value, dy) }));
    } finally {
      if (isOutermost) {
        for (const { saved } of state.activeTape ?? []) for (const tensor of saved) tensor.dispose();
        state.activeTape = interrupted;
      }
    }
  };
}

/** What leads from some tensors to a result. */
interface Way {
  /** From the result back. */
  readonly nodes: readonly TapeNode[];
  /** The ids of all that depends on the tensors, and their own: other inputs of a node need no gradient. */
  readonly reached: ReadonlySet<number>;
}

/** The nodes that lead from some of `xs` to `y`. A step's tape is hundreds of nodes long: nothing is copied here. */
function between(tape: readonly TapeNode[], xs: readonly Tensor[], y: Tensor): Way {
  const reached = new Set<number>();
  for (const { id } of xs) reached.add(id);
  const fromXs: TapeNode[] = [];
  for (const node of tape) {
    if (!dependsOn(node.inputs, reached)) continue;
    for (const { id } of node.outputs) reached.add(id);
    fromXs.push(node);
  }
  const leading = new Set([y.id]);
  const nodes: TapeNode[] = [];
  for (const node of fromXs.reverse()) {
    if (!node.outputs.some(({ id }) => leading.has(id))) continue;
    for (const name in node.inputs) {
      const { id } = node.inputs[name]!;
      if (reached.has(id)) leading.add(id);
    }
    nodes.push(node);
  }
  return { nodes, reached };
}

function dependsOn(inputs: NamedTensors, reached: ReadonlySet<number>): boolean {
  for (const name in inputs) if (reached.has(inputs[name]!.id)) return true;
  return false;
}

/** Walks from `y` to `xs`. */
function back(
  recorder: Recorder,
  { nodes, reached }: Way,
  xs: readonly Tensor[],
  y: Tensor,
  dy: Tensor | null | undefined,
): (Tensor | undefined)[] {
  const slopes = new Map<number, Tensor>([[y.id, dy ?? fill(y.shape, 1, 'float32')]]);
  for (const { kernelName, inputs, outputs, gradient } of nodes) {
    if (!gradient) throw new Error(`Cannot compute gradient: gradient function not found for ${kernelName}.`);
    const dys = outputs.map(({ id }) => slopes.get(id));
    const gradients = gradient(dys);
    for (const name in inputs) {
      const x = inputs[name]!;
      if (!reached.has(x.id)) continue;
      const towards = gradients[name];
      if (!towards)
        throw new Error(
          `Cannot backprop through input ${name} of ${kernelName}. Gradients found: ${Object.keys(gradients)}.`,
        );
      const found = recorder.tidy(kernelName, towards);
      assertGradient(found, x, `${kernelName}'s input ${name}`);
      // A gradient passed on as it came has two owners.
      const slope = dys.includes(found) ? copyOf(found) : found;
      const before = slopes.get(x.id);
      slopes.set(x.id, before ? add(before, slope) : slope);
      before?.dispose();
    }
  }
  return xs.map(({ id }) => slopes.get(id));
}

function assertGradient(gradient: Tensor, x: Tensor, of: string): void {
  const dtype = x.dtype === 'complex64' ? 'complex64' : 'float32';
  if (gradient.dtype !== dtype)
    throw new Error(`The gradient of ${of} must have '${dtype}' dtype, but has '${gradient.dtype}'`);
  if (!util.arraysEqual(gradient.shape, x.shape))
    throw new Error(`The gradient of ${of} has the shape [${gradient.shape}], not [${x.shape}] as it has`);
}
