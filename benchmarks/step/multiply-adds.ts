import { profile } from '@tensorflow/tfjs-core';

/** One call of a kernel, as TensorFlow.js's profile has it. */
export interface KernelCall {
  readonly name: string;
  readonly inputShapes: readonly (readonly number[])[];
  readonly outputShapes: readonly (readonly number[])[];
}

const product = (shape: readonly number[] = []): number => shape.reduce((all, size) => all * size, 1);

/**
 * The multiply-adds of a kernel that convolves or multiplies matrices, or is a gradient of one; 0 of any other. A convolution
 * y of x by a filter `[height, width, channels, filters]`, and either of its gradients, takes height * width * channels for
 * each number of y.
 */
export function multiplyAddsOf({ name, inputShapes, outputShapes }: KernelCall): number {
  const [first = [], second = []] = inputShapes;
  const [result = []] = outputShapes;
  if (/^(Fused|Grouped)?Conv[23]D$/.test(name)) return product(result) * product(second.slice(0, -1));
  if (/^(Fused)?DepthwiseConv2d(Native)?$/i.test(name)) return product(result) * product(second.slice(0, 2));
  // Of inputs dy and filter.
  if (/^(Grouped)?Conv[23]DBackpropInput(V2)?$/.test(name)) return product(first) * product(second.slice(0, -1));
  // Of x and dy; in groups of dy and x.
  if (/^Conv[23]DBackpropFilter(V2)?$/.test(name)) return product(second) * product(result.slice(0, -1));
  if (name === 'GroupedConv2DBackpropFilter') return product(first) * product(result.slice(0, -1));
  if (name === 'BatchMatMul' || name === '_FusedMatMul') {
    // (n k)(k m) / (n m) is k squared.
    const squared = (product(first.slice(-2)) * product(second.slice(-2))) / product(result.slice(-2));
    return product(result) * Math.sqrt(squared);
  }
  return 0;
}

/** The multiply-adds of all kernels that run meanwhile, gradients included. */
export async function multiplyAddsDuring(body: () => Promise<unknown>): Promise<number> {
  const { kernels } = await profile(async () => {
    await body();
    return [];
  });
  return (kernels as readonly KernelCall[]).reduce((sum, call) => sum + multiplyAddsOf(call), 0);
}
