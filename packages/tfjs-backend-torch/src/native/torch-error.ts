/** What a failure concerns, as far as it is known where it is noticed. */
export interface Blame {
  /** The ATen operator or C function, `aten::convolution` or `aoti_torch_clone`. */
  readonly operator?: string | undefined;
  /** The TensorFlow.js kernel that made the call, `Conv2D`. */
  readonly kernel?: string | undefined;
  readonly cause?: unknown;
}

/** libtorch refused or failed: its own sentence, with the operator, and with the kernel and its shapes once those are known. */
export class TorchError extends Error {
  override readonly name = 'TorchError';
  readonly operator: string | undefined;
  readonly kernel: string | undefined;

  constructor(sentence: string, { operator, kernel, cause }: Blame = {}) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.operator = operator;
    this.kernel = kernel;
  }
}
