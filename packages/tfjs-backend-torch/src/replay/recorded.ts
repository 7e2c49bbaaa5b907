import { engine, type Tensor, util } from '@tensorflow/tfjs-core';
import { type NumericType, TorchBackend } from '../backend.js';
import type { Handle } from '../native/handle.js';
import { layoutOf, shapeOf } from '../native/inspect.js';
import { witnessed } from '../native/witness.js';
import { compiled } from './program.js';
import { constantsOf, sameLayout, sourcesOf, type Trace } from './trace.js';
import { Tracer } from './tracer.js';

/** What is told while a computation is written down. */
export interface Recording {
  /** A tensor that will be another one of the same shape when the computation is done again. */
  readonly input: (tensor: Tensor) => void;
  /** Something of which no tensor tells, and that may be different when it is done again. */
  readonly refuse: (reason: string) => void;
}

/** A computation that was written down. */
export interface Computation {
  /** The same for two recordings of the same computation. */
  readonly fingerprint: string;
  /**
   * Does it again, on other inputs, in the order in which they were told; gives new tensors, with the same bits as if the
   * program that was recorded had run. Undefined, and nothing done, if an input lies otherwise in memory than its forerunner
   * did, or a tensor that is none of them is gone.
   *
   * @throws TorchError with libtorch's own sentence.
   */
  readonly run: (inputs: readonly Tensor[]) => readonly Tensor[] | undefined;
  /** Frees the constants that it keeps. */
  readonly dispose: () => void;
}

/** What came of a computation, and the way to do it again, or the reason that there is none. */
export type Recorded = { readonly outputs: readonly Tensor[] } & (
  | { readonly computation: Computation; readonly refusal?: undefined }
  | { readonly computation?: undefined; readonly refusal: string }
);

/**
 * Runs `body` and writes down which calls of libtorch its results come from: those alone are made again by
 * `computation.run`, without TensorFlow.js, its tape and the program's own JavaScript between them.
 *
 * It is for computations that are the same each time but for the inputs that they tell of. What can be seen to be otherwise
 * is refused: numbers that are read, tensors that are kept, `Math.random`, results in a list, operators that change
 * what they are given. What cannot be seen (a counter in a closure) shows when two recordings differ.
 */
export function recorded(body: (recording: Recording) => readonly Tensor[]): Recorded {
  const { backend } = engine();
  if (!(backend instanceof TorchBackend)) {
    const outputs = body({ input: () => {}, refuse: () => {} });
    return { outputs, refusal: 'it was not computed by libtorch' };
  }
  const tracer = new Tracer();
  const told: Label[] = [];
  const recording: Recording = {
    input: (tensor) => {
      const content = backend.contentOf(tensor);
      told.push(labelOf(tensor));
      if (content) tracer.input(content);
      else tracer.refuse('an input has no numbers');
    },
    refuse: (reason) => tracer.refuse(reason),
  };
  let trace: Trace | undefined;
  try {
    const outputs = witnessed(tracer, () => withoutChance(tracer, () => body(recording)));
    const handles = outputs.map((tensor) => backend.contentOf(tensor));
    trace = backend.run(() =>
      handles.every((handle, i) => handle !== undefined && util.arraysEqual([...shapeOf(handle)], outputs[i]!.shape))
        ? tracer.trace(handles as Handle[])
        : undefined,
    );
    if (!trace) return { outputs, refusal: tracer.refusal ?? 'a result has no numbers of its own' };
    const types = outputs.map(({ dtype }) => dtype as NumericType);
    return { outputs, computation: computationOf(backend, trace, told, types) };
  } finally {
    tracer.end(trace);
  }
}

/** What TensorFlow.js calls a tensor. */
type Label = Pick<Tensor, 'shape' | 'dtype'>;

const labelOf = ({ shape, dtype }: Label): Label => ({ shape: [...shape], dtype });

const sameLabel = (a: Label, b: Label): boolean => a.dtype === b.dtype && util.arraysEqual(a.shape, b.shape);

/** `Math.random` is how programs draw numbers of which nobody is told. */
function withoutChance<T>(tracer: Tracer, body: () => T): T {
  const { random } = Math;
  Math.random = () => {
    tracer.refuse('Math.random was asked');
    return random();
  };
  try {
    return body();
  } finally {
    Math.random = random;
  }
}

function computationOf(
  backend: TorchBackend,
  trace: Trace,
  told: readonly Label[],
  types: readonly NumericType[],
): Computation {
  const program = backend.run(() => compiled(trace));
  const constants = constantsOf(trace);
  const origins = constants.flatMap(({ origin }) => origin ?? []);
  /** How inputs must lie; of those that nobody looks at, it does not matter. */
  const layouts = new Map(
    sourcesOf(trace).flatMap((source) => (source.kind === 'input' ? [[source.index, source.layout]] : [])),
  );
  return {
    fingerprint: trace.fingerprint,
    run: (inputs) => {
      if (engine().backend !== backend || origins.some(({ lives }) => !lives)) return undefined;
      const handles: Handle[] = [];
      for (let i = 0; i < inputs.length; i++) {
        const content = backend.contentOf(inputs[i]!);
        if (!content || !sameLabel(inputs[i]!, told[i]!)) return undefined;
        const layout = layouts.get(i);
        if (layout && !sameLayout(layoutOf(content), layout)) return undefined;
        handles.push(content);
      }
      const results = backend.run(() => program(handles));
      return results.map((handle, i) => engine().makeTensorFromTensorInfo(backend.adopt(handle, types[i]!)));
    },
    dispose: () => {
      for (const { handle } of constants) handle.free();
    },
  };
}
