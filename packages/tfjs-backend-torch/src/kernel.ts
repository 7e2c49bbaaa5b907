import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { isNumeric, type NumericType, type TorchBackend } from './backend.js';
import { onCpu } from './cpu-kernel.js';
import type { Device } from './native/device.js';
import { type Handle, scope } from './native/handle.js';
import { elementType } from './native/inspect.js';
import { alias } from './native/memory.js';
import type { Precision } from './native/precision.js';
import { TorchError } from './native/torch-error.js';
import { takesComplex, takesStrings } from './takes.js';

/** The name under which TensorFlow.js knows this backend. */
export const BACKEND = 'torch';

/** Its name in each precision, on the processor: two backends with the same kernels. */
export const backendNames: Readonly<Record<Precision, string>> = { float32: BACKEND, float64: 'torch-float64' };

/** The same on any device: `torch-cuda`, `torch-cuda-float64`, `torch-mps`, which has no doubles. */
export const backendName = (device: Device, precision: Precision): string =>
  device === 'cpu' ? backendNames[precision] : `torch-${device}${precision === 'float32' ? '' : '-float64'}`;

/** A tensor that a kernel is given. */
export interface Operand {
  readonly handle: Handle;
  readonly shape: number[];
  readonly dtype: NumericType;
}

/** The tensors of a kernel: those it needs, and those that may be absent. */
export type Operands<Needed extends string, Optional extends string = never> = Readonly<Record<Needed, Operand>> &
  Readonly<Partial<Record<Optional, Operand>>>;

type Inputs = Readonly<Record<string, TensorInfo | undefined | null>>;

const described = (inputs: Inputs): string =>
  Object.entries(inputs)
    .flatMap(([name, info]) => (info == null ? [] : [`${name} ${info.dtype} [${info.shape}]`]))
    .join(', ');

/** Whether a kernel is given strings, or asked for them. */
const involvesStrings = (inputs: Inputs, attributes: { readonly dtype?: unknown } | undefined): boolean =>
  Object.values(inputs).some((info) => info?.dtype === 'string') || attributes?.dtype === 'string';

/** A result with the type that TensorFlow.js is to be told. An input's own handle is never given away: it would be freed twice. */
const checked = (handle: Handle, kernel: string): { own: Handle; type: NumericType } => {
  const own = handle.kept ? alias(handle) : handle;
  const type = elementType(own);
  if (!isNumeric(type))
    throw new TorchError(`the kernel gave ${type ?? 'a type'} that TensorFlow.js does not have`, { kernel });
  return { own, type };
};

/**
 * A kernel of TensorFlow.js out of libtorch's operators. What `body` makes on the way is freed when it ends, also when it
 * throws; what it returns becomes the result, with the shape and type that libtorch states. An error gets the kernel's
 * name and the shapes it was given. Strings, which stay in JavaScript, go to tfjs's cpu backend where `takesStrings` has
 * the kernel, and complex numbers are refused unless `takesComplex` has it or it is an operator of ATen as it is.
 */
export function kernel<I, A = unknown>(
  name: string,
  body: (inputs: I, attributes: A) => Handle | readonly Handle[],
): KernelConfig {
  const movesStrings = takesStrings.has(name);
  const knowsComplex = takesComplex.has(name) || name.startsWith('aten::');
  return {
    kernelName: name,
    backendName: BACKEND,
    kernelFunc: (given) => {
      const { inputs, attrs, backend } = given;
      const torch = backend as TorchBackend;
      if (movesStrings && involvesStrings(inputs, attrs)) return onCpu(name, given);
      try {
        return torch.run(() =>
          scope(() => {
            const operands: Record<string, Operand> = {};
            for (const key in inputs) {
              const info = inputs[key];
              if (info == null) continue;
              if (info.dtype === 'complex64' && !knowsComplex)
                throw new TorchError('this kernel takes no complex numbers');
              operands[key] = { handle: torch.handleOf(info), shape: info.shape, dtype: info.dtype as NumericType };
            }
            const result = body(operands as I, (attrs ?? {}) as A);
            const all = (Array.isArray(result) ? (result as readonly Handle[]) : [result as Handle]).map((handle) =>
              checked(handle, name),
            );
            const infos = all.map(({ own, type }) => torch.adopt(own, type));
            return Array.isArray(result) ? infos : infos[0]!;
          }),
        );
      } catch (error) {
        if (!(error instanceof TorchError)) throw error;
        const sentence = `${name}(${described(inputs)}): ${error.message}`;
        throw new TorchError(sentence, { operator: error.operator, kernel: name, cause: error });
      }
    },
  };
}
