/** A tensor that JavaScript has forgotten and nobody disposed of: its memory stays taken. */
export interface LostTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Where it was made, innermost first, as stack traces put it: the frames of TensorFlow.js and of this package left out. */
  readonly madeAt: readonly string[];
}

let registry: FinalizationRegistry<LostTensor> | undefined;

const FRAMES = 10;

/** TensorFlow.js's core, this package, Node and JavaScript themselves. */
const machinery = /[\\/]tfjs-(core|backend-torch)[\\/]|node:|<anonymous>/;

const frames = (): string[] => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  const all = (new Error().stack ?? '').split('\n').slice(1);
  Error.stackTraceLimit = stackTraceLimit;
  const own = all.map((frame) => frame.trim().replace(/^at /, '')).filter((frame) => !machinery.test(frame));
  return own.slice(0, FRAMES);
};

const warn = ({ shape, dtype, madeAt }: LostTensor): void =>
  process.emitWarning(`a tensor of ${dtype} and shape [${shape}] was made here, forgotten and never disposed of`, {
    type: 'LostTensorWarning',
    detail: madeAt.map((frame) => `    at ${frame}`).join('\n'),
  });

/**
 * Reports tensors of this backend, made from now on, that the garbage collector finds without `dispose`, when it finds
 * them. Every tensor then costs a stack trace: for finding leaks, not for training. With `GAN_LOST_TENSORS=1` in the
 * environment it is on from the start.
 *
 * @param report What to do about one; a warning of the process unless said.
 * @returns Ends it.
 */
export function reportLostTensors(report: (lost: LostTensor) => void = warn): () => void {
  const own = new FinalizationRegistry(report);
  registry = own;
  return () => {
    if (registry === own) registry = undefined;
  };
}

/** Notes where the data of a tensor came to be, if anybody wants to know. */
export const noteMade = (dataId: object, shape: readonly number[], dtype: string): void => {
  registry?.register(dataId, { shape, dtype, madeAt: frames() }, dataId);
};

/** Notes that they were disposed of. */
export const noteDisposed = (dataId: object): void => {
  registry?.unregister(dataId);
};
