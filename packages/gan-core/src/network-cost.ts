import { profile, type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import type { Network, Tensors, Weights } from './network.js';
import { random } from './streams.js';
import { disposeAll } from './tensors.js';

/** How large a network is, and what it costs to apply. */
export interface NetworkCost {
  /** Numbers that an optimiser changes. */
  readonly parameters: number;
  /** Numbers that the network itself changes. */
  readonly state: number;
  /** Multiply-adds of its convolutions and products for one sample, forward, in inference. */
  readonly multiplyAdds: number;
}

/** One call of a kernel, as TensorFlow.js's profile has it. */
export interface KernelCall {
  readonly name: string;
  readonly inputShapes: readonly (readonly number[])[];
  readonly outputShapes: readonly (readonly number[])[];
}

/**
 * Counts a network's numbers, and its multiply-adds by applying it once to a single sample of zeros on the current
 * engine. Those of convolutions (plain, in groups, depthwise, transposed, in two or three dimensions) and matrix products count;
 * what is done number by number (biases, activations, norms) does not, as is the custom.
 *
 * Nothing is left allocated.
 */
export async function networkCost(network: Network): Promise<NetworkCost> {
  const weights = network.init(random(0));
  try {
    const calls = await appliedOnce(network, weights);
    return {
      parameters: sizeOf(weights.parameters),
      state: sizeOf(weights.state),
      multiplyAdds: calls.reduce((sum, call) => sum + multiplyAddsOf(call), 0),
    };
  } finally {
    disposeAll(weights);
  }
}

/** The kernels that run when a network is applied to a single sample of zeros in inference; `around` is given the body. */
export async function appliedOnce(
  network: Network,
  weights: Weights,
  around: (body: () => void) => void = (body) => body(),
): Promise<readonly KernelCall[]> {
  const { kernels } = await profile(() => {
    tidy(() => {
      const inputs = Object.fromEntries(Object.entries(network.inputs).map(([name, port]) => [name, blank(port)]));
      around(() => void network.apply(weights, inputs, { training: false, random: random(0) }));
    });
  });
  return kernels as readonly KernelCall[];
}

/** A single sample for a port. */
const blank = (port: unknown): Tensor =>
  Array.isArray(port) ? zeros([1, ...(port as number[])]) : zeros([1], 'int32');

/** How many numbers there are in some tensors. */
export const sizeOf = (tensors: Tensors): number => Object.values(tensors).reduce((sum, { size }) => sum + size, 0);
const product = (shape: readonly number[] = []): number => shape.reduce((all, size) => all * size, 1);

/** Each number of the result of these is a sum over the filter without its last axis; in groups, over that of one. */
const convolutions = ['Conv2D', 'FusedConv2D', 'Conv3D', 'GroupedConv2D'];
/** Over the filter's height and width. */
const depthwise = ['DepthwiseConv2dNative', 'FusedDepthwiseConv2D'];
/** Each number that goes in is spread over the filter without its last axis. */
const transposed = ['Conv2DBackpropInput', 'Conv3DBackpropInputV2'];
const products = ['BatchMatMul', '_FusedMatMul'];

/** The multiply-adds of a kernel that convolves or multiplies matrices; 0 of any other. */
export function multiplyAddsOf({ name, inputShapes, outputShapes }: KernelCall): number {
  const [first = [], second = []] = inputShapes;
  const result = product(outputShapes[0]);
  if (convolutions.includes(name)) return result * product(second.slice(0, -1));
  if (depthwise.includes(name)) return result * product(second.slice(0, 2));
  if (transposed.includes(name)) return product(first) * product(second.slice(0, -1));
  // a: [..., n, k] or transposed, b: [..., k, m] or transposed; (n k)(k m) / (n m) is k squared in each of the batch.
  if (products.includes(name))
    return (
      result * Math.sqrt((product(first.slice(-2)) * product(second.slice(-2))) / product(outputShapes[0]?.slice(-2)))
    );
  return 0;
}
