import { engine, type GradConfig, sum, type Tensor } from '@tensorflow/tfjs-core';

const [FORWARD, AT_INPUT, AT_FILTER] = ['GroupedConv2D', 'GroupedConv2DBackpropInput', 'GroupedConv2DBackpropFilter'];

type Attributes = Parameters<GradConfig['gradFunc']>[2];

const convolve = (x: Tensor, filter: Tensor, attributes: Attributes): Tensor =>
  engine().runKernel(FORWARD, { x, filter }, attributes);
const atInput = (dy: Tensor, filter: Tensor, { shape }: Tensor, attributes: Attributes): Tensor =>
  engine().runKernel(AT_INPUT, { dy, filter }, { ...attributes, inputShape: shape });
const atFilter = (dy: Tensor, x: Tensor, { shape }: Tensor, attributes: Attributes): Tensor =>
  engine().runKernel(AT_FILTER, { dy, x }, { ...attributes, filterShape: shape });

/**
 * The gradients of convolutions in groups, of channels last. A convolution is linear in both of its inputs, so that the
 * gradients of its gradients are the same three kernels again, to any order.
 */
export const groupedConvolutionGradients: readonly GradConfig[] = [
  {
    kernelName: FORWARD,
    inputsToSave: ['x', 'filter'],
    gradFunc: (upstream, [x, filter], attributes) => {
      const dy = upstream as Tensor;
      return {
        x: () => atInput(dy, filter!, x!, attributes),
        filter: () => atFilter(dy, x!, filter!, attributes),
        bias: () => sum(dy, [0, 1, 2]),
      };
    },
  },
  {
    kernelName: AT_INPUT,
    inputsToSave: ['dy', 'filter'],
    gradFunc: (upstream, [dy, filter], attributes) => {
      const ddx = upstream as Tensor;
      return {
        dy: () => convolve(ddx, filter!, attributes),
        filter: () => atFilter(dy!, ddx, filter!, attributes),
      };
    },
  },
  {
    kernelName: AT_FILTER,
    inputsToSave: ['dy', 'x'],
    gradFunc: (upstream, [dy, x], attributes) => {
      const ddf = upstream as Tensor;
      return {
        dy: () => convolve(x!, ddf, attributes),
        x: () => atInput(dy!, ddf, x!, attributes),
      };
    },
  },
];
